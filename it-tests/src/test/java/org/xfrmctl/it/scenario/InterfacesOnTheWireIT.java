package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.IpProtocol;

/** What tunnels that are interfaces put on the link between their gateways, on both kernels. */
class InterfacesOnTheWireIT {
    private static final int UNREACHABLE = 3;
    private static final int TOO_BIG = 4;
    private static final int V6_TOO_BIG = 2;
    private static final int V6_HEADER = 40;
    private static final int MORE_FRAGMENTS = 0x2000;

    @TempDir
    private Path directory;

    /** Before there were policies, with them, with one of the children down, with an interface away and back again. */
    @Test
    void xfrmInterfacesNeverSendInClear() {
        for (Path wan : captures(KernelRun.withXfrmInterfaces(), "route-based", "wan")) {
            List<PacketBuffer> packets = Capture.read(wan);

            assertThat(packets)
                    .allSatisfy(packet -> assertThat(protocol(packet)).isEqualTo(IpProtocol.ESP.number()));
            assertThat(packets.stream().map(packet -> packet.i32(20)).distinct())
                    .as("SPIs")
                    .containsExactlyInAnyOrder(0xc1000001, 0xc1000002, 0xc1000003, 0xc1000004);
        }
    }

    @Test
    void anXfrmInterfaceAnswersWithItsOwnMtu() {
        for (Path near : captures(KernelRun.withXfrmInterfaces(), "route-based", "near")) {
            assertThat(mtus(near)).containsExactly(1300);
        }
    }

    /** Of packets that are longer than the tunnel takes: one interface cuts them itself, the other has what comes out cut. */
    @Test
    void anInterfaceWithAGreaterMtuThanTheTunnelHasItsPacketsCutBehindEsp() {
        for (Path wan : captures(KernelRun.withXfrmInterfaces(), "fragments", "wan")) {
            assertThat(Capture.read(wan).stream()
                            .filter(packet -> (packet.u16(6) & MORE_FRAGMENTS) != 0)
                            .map(packet -> packet.i32(20)))
                    .as("SPIs of those with more behind them")
                    .containsExactlyInAnyOrder(0xc1000003, 0xc1000003, 0xc1000004, 0xc1000004);
        }
    }

    /** In clear are the ping before the child is up and what the gateways say in another protocol. */
    @ParameterizedTest
    @CsvSource({"gre-transport, 47", "ipip-transport, 4"})
    void transportModeProtectsWhatATunnelInterfaceSends(String scenario, int wrapped) {
        for (Path wan : captures(KernelRun.get(), scenario, "wan")) {
            List<Integer> protocols = Capture.read(wan).stream()
                    .map(InterfacesOnTheWireIT::protocol)
                    .toList();

            assertThat(protocols).startsWith(wrapped, wrapped, IpProtocol.ESP.number());
            assertThat(protocols.subList(2, protocols.size())).doesNotContain(wrapped);
            assertThat(protocols.stream().filter(each -> each == IpProtocol.ICMP.number()))
                    .hasSize(2);
        }
        for (Path near : captures(KernelRun.get(), scenario, "near")) {
            assertThat(mtus(near)).containsExactly(1400);
        }
    }

    /** What ESP leaves of 1500 bytes, less GRE; the interface's own is 1476. */
    @Test
    void whatIsTooBigForTheWayIsToldInIpv6() {
        for (Path near : captures(KernelRun.get(), "gre-six", "near")) {
            assertThat(mtus(near)).containsExactly(1442);
        }
    }

    private List<Path> captures(KernelRun kernel, String scenario, String link) {
        return List.of(
                kernel.capture(scenario, link),
                UserspaceRun.replaying(scenario, directory, kernel).capture(link));
    }

    private static int protocol(PacketBuffer packet) {
        return IpHeader.read(packet).orElseThrow().protocol();
    }

    /** Of each "fragmentation needed" and "packet too big" (RFC 1191, section 4; RFC 4443, section 3.2). */
    private static List<Integer> mtus(Path pcap) {
        return Capture.read(pcap).stream()
                .flatMap(packet -> {
                    if (protocol(packet) == IpProtocol.ICMPV6.number() && packet.u8(V6_HEADER) == V6_TOO_BIG) {
                        return Stream.of(packet.i32(V6_HEADER + 4));
                    }
                    if (protocol(packet) != IpProtocol.ICMP.number()) {
                        return Stream.empty();
                    }
                    int icmp = IpHeader.read(packet).orElseThrow().length();
                    boolean tooBig = packet.u8(icmp) == UNREACHABLE && packet.u8(icmp + 1) == TOO_BIG;
                    return tooBig ? Stream.of(packet.u16(icmp + 6)) : Stream.empty();
                })
                .toList();
    }
}
