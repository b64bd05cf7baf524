package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;

/** Packets that do not fit, as in captures of pings on Linux 6.1. */
class PathMtuTest {
    private static final Plan V4 = Plan.V4;
    private static final Plan V6 = Plan.V6;

    /** Sizes of one ping's request on the wire, by mode and data size; captured with tcpdump. */
    @ParameterizedTest
    @CsvSource({
        "tunnel, 56, false, 140",
        "tunnel, 1418, false, 1500",
        "tunnel, 1419, false, 1444+80",
        "tunnel, 8184, false, 1444+1444+1444+1444+1444+1148",
        "transport, 56, false, 120",
        "transport, 1435, false, 1500",
        "transport, 1450, false, 1460+72",
        "transport, 8184, false, 1460+1460+1460+1460+1460+1048",
        "tunnel, 56, true, 180",
        "tunnel, 1450, true, 1500+204",
        "transport, 56, true, 140",
        "transport, 1450, true, 1496+92",
        "transport, 8184, true, 1496+1496+1496+1496+1496+1036"
    })
    void localPings(String mode, int size, boolean v6, String expected) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withoutAlice();
        boolean tunnel = mode.equals("tunnel");
        if (tunnel) {
            gateways.espTunnel(plan);
        } else {
            gateways.espTransport(plan, gcm(128));
        }
        String target = tunnel ? plan.alice() : plan.moon();
        assertThat(gateways.carol.ping(PingOptions.of(ip(target), size)).received())
                .isEqualTo(1);
        List<Integer> expectedSizes = List.of(expected.split("\\+", -1)).stream()
                .map(Integer::valueOf)
                .toList();
        List<Integer> lengths = gateways.lengthsOnWan();
        assertThat(lengths.subList(0, lengths.size() / 2)).isEqualTo(expectedSizes);
        assertThat(lengths.subList(lengths.size() / 2, lengths.size())).isEqualTo(expectedSizes);
    }

    @Test
    void headersOfLocalPackets() {
        Gateways gateways = Gateways.withoutAlice().espTunnel(V4);
        PingOptions small = PingOptions.of(ip(V4.alice()), 56);
        gateways.carol.ping(small);
        Ipv4Header want = (Ipv4Header) Gateways.header(gateways.onWan.get(0));
        assertThat(want.dontFragment()).isTrue();
        assertThat(want.identification()).isNotZero();
        Ipv4Header reply = (Ipv4Header) Gateways.header(gateways.onWan.get(1));
        assertThat(reply.dontFragment()).isFalse();
        assertThat(reply.identification()).isNotZero();
        gateways.carol.ping(small.withDontFragment());
        Ipv4Header always = (Ipv4Header) Gateways.header(gateways.onWan.get(2));
        assertThat(always.dontFragment()).isTrue();
        assertThat(always.identification()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"false, 1418, 1", "false, 1419, 0", "true, 1378, 1", "true, 1379, 0"})
    void whatMustNotBeFragmentedIsRefused(boolean v6, int size, int received) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withoutAlice().espTunnel(plan);
        PingOutcome outcome =
                gateways.carol.ping(PingOptions.of(ip(plan.alice()), size).withDontFragment());
        assertThat(outcome.received()).isEqualTo(received);
        assertThat(outcome.error().isPresent()).isEqualTo(received == 0);
        assertThat(Gateways.counters(gateways.carol).get("111")).endsWith("/" + received);
        assertThat(Gateways.statistics(gateways.carol)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pingThroughARouterThatForwards(boolean v6) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withAlice().espTunnel(plan);
        assertThat(gateways.carol.ping(PingOptions.of(ip(plan.alice()), 1000)).received())
                .isEqualTo(1);
        assertThat(Gateways.header(gateways.onLan.get(0)).hopLimit()).isEqualTo(63);
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
    }

    /** alice's first big reply is refused with moon's bundle MTU; she then sends fragments that fit. */
    @Test
    void bigReplyOnIpv6TakesTwoAttempts() {
        Gateways gateways = Gateways.withAlice().espTunnel(V6);
        PingOptions ping = PingOptions.of(ip(V6.alice()), 8184);
        assertThat(gateways.carol.ping(ping).received()).isZero();
        PacketBuffer error = gateways.onLan.stream()
                .map(PacketBuffer::of)
                .filter(packet -> IpHeader.read(packet).orElseThrow().protocol() == IcmpHeader.PROTOCOL_V6)
                .filter(packet -> packet.u8(40) == IcmpHeader.V6_PACKET_TOO_BIG)
                .findFirst()
                .orElseThrow();
        assertThat(error.length()).isEqualTo(1280);
        assertThat(error.i32(44)).isEqualTo(1426);
        assertThat(Gateways.header(error.toBytes()).source()).isEqualTo(ip("fd01::1"));
        assertThat(gateways.carol.ping(ping).received()).isEqualTo(1);
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
    }

    /** A router's answer to a packet of this length with the don't-fragment bit; 0 if it went through. */
    @ParameterizedTest
    @CsvSource({"1446, 0", "1447, 1446", "1500, 1446"})
    void forwardedWithoutFragmentation(int length, int expected) {
        Gateways gateways = Gateways.withAlice().espTunnel(V4);
        gateways.alice.inject(packet(length, true));
        if (expected == 0) {
            assertThat(gateways.lengthsOnWan()).containsExactly(1500);
            return;
        }
        assertThat(gateways.onWan).isEmpty();
        PacketBuffer error = PacketBuffer.of(gateways.onLan.get(1));
        IpHeader ip = IpHeader.read(error).orElseThrow();
        assertThat(ip.source()).isEqualTo(ip("10.1.0.1"));
        assertThat(ip.totalLength()).isEqualTo(576);
        assertThat(ip.trafficClass()).isEqualTo(0xc0);
        assertThat(error.u16(26)).isEqualTo(expected);
        // The packet is quoted as it came, TTL included.
        assertThat(error.u8(28 + 8)).isEqualTo(64);
        assertThat(Gateways.counters(gateways.moon)).containsEntry("222", "0/0");
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
    }

    @Test
    void forwardedWithFragmentationAllowedIsEncapsulatedWholeAndCutAtThePath() {
        Gateways gateways = Gateways.withAlice().espTunnel(V4);
        // More than the bundle's 1446: one ESP packet of 1516 bytes, cut at the path's 1500.
        gateways.alice.inject(packet(1460, false));
        assertThat(gateways.lengthsOnWan()).containsExactly(1500, 36);
        assertThat(Gateways.counters(gateways.moon)).containsEntry("222", "1460/1");
        assertThat(Gateways.header(gateways.onLan.get(0)).hopLimit()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({"1300, 1246", "1000, 946", "600, 546", "552, 498", "500, 498", "67, 498"})
    void learnsTheOuterPathFromErrorsAboutEsp(int reported, int inner) {
        Gateways gateways = Gateways.withAlice().espTunnel(V4);
        gateways.alice.inject(packet(1400, true));
        byte[] sent = gateways.onWan.get(0);
        PacketBuffer quote = PacketBuffer.of(sent, 0, 28);
        IcmpHeader.prepend(quote, IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_FRAGMENTATION_NEEDED, reported);
        int length = quote.length();
        IpHeader ip = IpHeader.prepend(quote, ip("192.168.0.100"), ip("192.168.0.1"), 1);
        IcmpHeader.read(quote, 20).orElseThrow().updateChecksum(ip, length);
        gateways.carol.inject(quote);
        int seen = gateways.onLan.size();
        gateways.alice.inject(packet(1450, true));
        PacketBuffer error = PacketBuffer.of(gateways.onLan.get(seen + 1));
        assertThat(error.u16(26)).isEqualTo(inner);
        gateways.clock.advance(600);
        seen = gateways.onLan.size();
        gateways.alice.inject(packet(1450, true));
        assertThat(PacketBuffer.of(gateways.onLan.get(seen + 1)).u16(26)).isEqualTo(1446);
    }

    @Test
    void hopLimitEndsAtTheRouterAndPolicyDropsAreSilent() {
        Gateways gateways = Gateways.withAlice();
        PacketBuffer last = packet(100, false);
        Ipv4Header ip = Ipv4Header.read(last, 0).orElseThrow();
        ip.hopLimit(1);
        ip.finish(100);
        gateways.alice.inject(last);
        assertThat(gateways.onLan.get(1)[20]).isEqualTo((byte) IcmpHeader.V4_TIME_EXCEEDED);
        gateways.moon.namespace().defaultAction(Direction.FWD, PolicyAction.BLOCK);
        gateways.alice.inject(packet(100, false));
        assertThat(gateways.onLan).hasSize(3);
        assertThat(Gateways.statistics(gateways.moon).toString()).isEqualTo("{XfrmInNoPols=1}");
    }

    @Test
    void theBlockedLinkStaysSilentForForwardedPackets() {
        Gateways gateways = Gateways.withAlice();
        gateways.moon.namespace().defaultAction(Direction.OUT, PolicyAction.BLOCK);
        gateways.alice.inject(packet(100, false));
        assertThat(gateways.onWan).isEmpty();
        assertThat(Gateways.statistics(gateways.moon)).isEqualTo(Map.of());
    }

    /** UDP from alice to carol. */
    private static PacketBuffer packet(int length, boolean dontFragment) {
        PacketBuffer packet = PacketBuffer.of(new byte[length - 20]);
        Ipv4Header ip = Ipv4Header.prepend(packet, ip("10.1.0.10"), ip("192.168.0.100"), 17);
        ip.dontFragment(dontFragment);
        ip.identification(0x1234);
        ip.finish(length);
        return packet;
    }
}
