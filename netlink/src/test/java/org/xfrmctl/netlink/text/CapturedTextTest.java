package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** Every dumped message, printed, is what {@code ip} printed of the same table; the capturing host lived in UTC. */
class CapturedTextTest {
    private static final TextOptions BRIEF = TextOptions.brief(ZoneOffset.UTC)
            .withKeys(Keys.SHOWN)
            .withProtocolName(ProtocolNames.builtIn()::nameOf)
            .withInterfaceName(index -> "v0");

    @Test
    void statesAsListed() {
        assertThat(print("state-dump-", name -> state(name, BRIEF)))
                .containsExactlyInAnyOrderElementsOf(ListedText.objects("state-list.txt"));
    }

    @Test
    void statesWithStatistics() {
        assertThat(print("state-dump-", name -> state(name, BRIEF.withStatistics(true))))
                .containsExactlyInAnyOrderElementsOf(ListedText.objects("state-list-s.txt"));
    }

    @Test
    void statesWithoutKeys() {
        assertThat(print("state-dump-", name -> state(name, BRIEF.withKeys(Keys.HIDDEN))))
                .containsExactlyInAnyOrderElementsOf(ListedText.objects("state-list-nokeys.txt"));
    }

    @Test
    void policiesAsListed() {
        assertThat(print("policy-dump-", name -> policy(name, BRIEF)))
                .containsExactlyInAnyOrderElementsOf(ListedText.objects("policy-list.txt"));
    }

    @Test
    void policiesWithStatistics() {
        assertThat(print("policy-dump-", name -> policy(name, BRIEF.withStatistics(true))))
                .containsExactlyInAnyOrderElementsOf(ListedText.objects("policy-list-s.txt"));
    }

    private static List<String> print(String prefix, Function<String, String> printer) {
        return Fixtures.names(prefix, ".hex").stream().map(printer).toList();
    }

    private static String state(String name, TextOptions options) {
        return StateText.print(StateCodec.decode(Fixtures.message(name)), options);
    }

    private static String policy(String name, TextOptions options) {
        return PolicyText.print(PolicyCodec.decode(Fixtures.message(name)), options);
    }
}
