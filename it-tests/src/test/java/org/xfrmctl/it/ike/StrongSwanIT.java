package org.xfrmctl.it.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** charon's states of two gateways and a roadwarrior, with {@code ipcomp = yes}. One boot of User Mode Linux. */
class StrongSwanIT extends IkeSuite {
    @TempDir
    private static Path results;

    private static IkeSeen seen = IkeSeen.NOTHING;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        IkeGuest.run(StrongSwanProof.class, IkeDaemon.STRONGSWAN, results);
        seen = IkeSeen.in(results);
    }

    static List<String> hosts() {
        return List.of("moon", "carol", "sun");
    }

    @Override
    IkeSeen seen() {
        return seen;
    }

    @Override
    Path results() {
        return results;
    }

    @Override
    long byDaemon(boolean out) {
        Matcher bytes = Pattern.compile("site \\{.*? bytes-" + (out ? "out" : "in") + "=(\\d+)")
                .matcher(seen.text("moon daemon"));
        assertThat(bytes.find()).as(seen.text("moon daemon")).isTrue();
        return Long.parseLong(bytes.group(1));
    }

    @Test
    void aRoadwarriorsVirtualAddressIsExplained() {
        explained("carol", "carol's one");
    }

    /** charon waits for a packet: its policy has no states, and that is no fault. */
    @Test
    void aTrapIsNoFinding() {
        assertThat(seen.findings("sun doctor trapped")).isEmpty();
    }

    @Test
    void mixedCompressionBetweenTwoGatewaysIsNoted() {
        assertThat(seen.tables("moon counters mixed")).contains(List.of("ESP out", "ESP in"));
        assertThat(seen.counts("moon counters mixed")).isEqualTo(seen.ofIp("moon ip mixed"));
        assertThat(seen.notes("moon doctor mixed")).contains("mixed-ipcomp");
        assertThat(seen.notes("moon doctor unmixed")).doesNotContain("mixed-ipcomp");
    }

    /** For a while the old states for the way in stay beside the new ones. */
    @Test
    void whatIsRekeyedStandsTogether() {
        assertThat(seen.text("ping rekeyed")).isEqualTo("answered");
        assertThat(seen.counts("moon counters rekeyed")).isEqualTo(seen.ofIp("moon ip rekeyed"));
        assertThat(seen.tables("moon counters rekeyed"))
                .containsOnly(List.of(
                        "IPComp out", "IPIP out", "ESP out", "ESP in", "ESP in", "IPComp in", "IPComp in", "IPIP in"));
        assertThat(seen.findings("moon doctor rekeyed")).isEmpty();
    }

    @Test
    void aNewDaemonMendsIt() {
        assertThat(seen.findings("sun doctor restarted")).isEmpty();
    }
}
