package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/**
 * Every dumped message, printed, is what {@code ip} printed of the same table, and every event what its monitor printed;
 * the capturing host lived in UTC.
 */
class CapturedTextTest {
    private static final TextOptions BRIEF = TextOptions.brief(ZoneOffset.UTC)
            .withKeys(Keys.SHOWN)
            .withProtocolName(ProtocolNames.builtIn()::nameOf)
            .withInterfaceName(index -> "v0");
    /** The interface was gone when the events were printed, by iproute2 6.1. */
    private static final TextOptions MONITORED =
            BRIEF.withInterfaceName(TextOptions::numberedInterface).withVersion(Version.V6_1);

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
    void aLarvalStateWithStatistics() {
        assertThat(state("state-acquire-larval.hex", BRIEF.withStatistics(true)))
                .isEqualTo(ListedText.resource("/text/state-acquire-larval-s.txt"));
    }

    @Test
    void aStateThatWasAskedFor() {
        assertThat(new MessageText(BRIEF).print(Fixtures.message("req-getsa-esn.txt", "reply")))
                .isEqualTo(ListedText.resource("/text/state-get.txt"));
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

    @Test
    void eventsAsMonitored() {
        assertThat(events(MONITORED)).isEqualTo(ListedText.resource("/text/monitor.txt"));
    }

    @Test
    void eventsWithStatistics() {
        assertThat(events(MONITORED.withStatistics(true))).isEqualTo(ListedText.resource("/text/monitor-s.txt"));
    }

    /** Values are printed by way of messages, so that the two ways could only differ in what the model does not hold. */
    @Test
    void dumpedMessagesAsTheValuesInThem() {
        MessageText messages = new MessageText(BRIEF.withStatistics(true));
        for (String name : Fixtures.names("state-dump-", ".hex")) {
            assertThat(messages.print(Fixtures.message(name))).isEqualTo(state(name, BRIEF.withStatistics(true)));
        }
        for (String name : Fixtures.names("policy-dump-", ".hex")) {
            assertThat(messages.print(Fixtures.message(name))).isEqualTo(policy(name, BRIEF.withStatistics(true)));
        }
    }

    private static String events(TextOptions options) {
        MessageText messages = new MessageText(options);
        StringBuilder text = new StringBuilder();
        for (String name : Fixtures.names("event-", ".hex")) {
            assertThat(messages.print(Fixtures.message(name), text)).isEmpty();
        }
        return text.toString();
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
