package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;

/** Header options of a child with IPComp are on the wire: they stand on the IPComp state, which is the tunnel. */
class HeaderOptionsIT {
    private static final String CAROL = "192.168.0.100";

    @TempDir
    private Path directory;

    @Test
    void switchedOffNothingIsCopied() {
        // DSCP EF with ECN 0, 1 and 3; then a compressed packet with ECN 2 and one with 3, both with DF inside.
        List<String> nothing = List.of("00", "00", "00", "00", "00");

        assertThat(real("header-options")).isEqualTo(nothing);
        assertThat(userspace("header-options")).isEqualTo(nothing);
    }

    @Test
    void byDefaultTheOuterHeaderFollowsTheInnerOne() {
        // RFC 6040, section 4.1, as Linux does it: a congestion mark inside becomes ECT(0) outside.
        List<String> copied = List.of("b8 DF", "b9 DF", "ba DF", "ba DF", "ba DF");

        assertThat(real("header-options-default")).isEqualTo(copied);
        assertThat(userspace("header-options-default")).isEqualTo(copied);
    }

    @Test
    void copyDscpInLeavesTheOuterDscpAlone() {
        List<String> ecnOnly = List.of("00 DF", "01 DF", "02 DF", "02 DF", "02 DF");

        assertThat(real("dscp-in")).isEqualTo(ecnOnly);
        assertThat(userspace("dscp-in")).isEqualTo(ecnOnly);
    }

    private static List<String> real(String scenario) {
        return fromCarol(KernelRun.get().capture(scenario, "wan"));
    }

    private List<String> userspace(String scenario) {
        return fromCarol(
                UserspaceRun.replaying(scenario, directory, KernelRun.get()).capture("wan"));
    }

    /** TOS and DF of the tunnel packets that carol sent. */
    private static List<String> fromCarol(Path pcap) {
        return Capture.read(pcap).stream()
                .map(packet -> (Ipv4Header) IpHeader.read(packet).orElseThrow())
                .filter(header -> header.source().toString().equals(CAROL))
                .map(header -> String.format("%02x%s", header.trafficClass(), header.dontFragment() ? " DF" : ""))
                .toList();
    }
}
