package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;

import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.DeviceCounters.Counter;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.route.Link.Kind.Tunnel;
import org.xfrmctl.netlink.route.Link.Wrapping;

/** Interfaces that wrap packets between carol and moon, as net/ipv4/ip_tunnel.c does. */
class TunnelInterfaceTest {
    private static final IpAddress CAROL = ip("192.168.0.100");
    private static final IpAddress MOON = ip("192.168.0.1");
    private static final IpAddress FAR = ip("172.16.0.2");

    private final Gateways gateways = Gateways.withoutAlice();

    private TunnelInterface join(Wrapping wrapping, OptionalInt here, OptionalInt there, int ttl) {
        TunnelInterface atCarol = gateways.carol.attachTunnel("tun1", new Tunnel(wrapping, CAROL, MOON, here, ttl));
        gateways.moon.attachTunnel("tun1", new Tunnel(wrapping, MOON, CAROL, there, ttl));
        address(gateways.carol, "172.16.0.1/30");
        address(gateways.moon, "172.16.0.2/30");
        return atCarol;
    }

    private static void address(Host host, String address) {
        host.addAddress(host.device("tun1"), net(address));
    }

    private PingOutcome ping(PingOptions options) {
        return gateways.carol.ping(options);
    }

    @ParameterizedTest
    @EnumSource
    void wrapsAndUnwraps(Wrapping wrapping) {
        TunnelInterface made = join(wrapping, OptionalInt.empty(), OptionalInt.empty(), 64);

        assertThat(ping(PingOptions.of(FAR, 56)).received()).isEqualTo(1);
        assertThat(gateways.onWan).hasSize(2).allSatisfy(packet -> {
            IpHeader outer = Gateways.header(packet);
            assertThat(outer.protocol()).isEqualTo(wrapping == Wrapping.GRE ? 47 : 4);
            assertThat(outer.totalLength()).isEqualTo(84 + (wrapping == Wrapping.GRE ? 24 : 20));
        });
        assertThat(made.counters().snapshot())
                .containsEntry(Counter.TX_PACKETS, 1L)
                .containsEntry(Counter.RX_PACKETS, 1L);
    }

    @Test
    void aKeyStandsBehindTheFlagsAndMustBeTheSame() {
        join(Wrapping.GRE, OptionalInt.of(0x01020304), OptionalInt.of(0x01020304), 64);

        assertThat(ping(PingOptions.of(FAR, 56)).received()).isEqualTo(1);
        PacketBuffer first = PacketBuffer.of(gateways.onWan.get(0));
        assertThat(first.i32(20)).isEqualTo(0x20000800);
        assertThat(first.i32(24)).isEqualTo(0x01020304);
    }

    @Test
    void anotherKeyOrNoneIsNotForUs() {
        join(Wrapping.GRE, OptionalInt.of(1), OptionalInt.of(2), 64);

        assertThat(ping(PingOptions.of(FAR, 56)).received()).isZero();
        gateways.moon.detach("tun1");
        gateways.moon.attachTunnel("tun1", new Tunnel(Wrapping.GRE, MOON, CAROL, OptionalInt.empty(), 64));
        address(gateways.moon, "172.16.0.2/30");
        assertThat(ping(PingOptions.of(FAR, 56)).received()).isZero();
    }

    @Test
    void theOuterHeaderHasTheTunnelsHopLimitAndTheInnerEcn() {
        join(Wrapping.GRE, OptionalInt.empty(), OptionalInt.empty(), 9);

        ping(new PingOptions(FAR, 56, 1, Optional.empty(), false, 0xb9));
        IpHeader outer = Gateways.header(gateways.onWan.get(0));
        assertThat(outer.hopLimit()).isEqualTo(9);
        assertThat(outer.trafficClass()).isEqualTo(1);
    }

    @Test
    void itsMtuIsWhatWrappingLeavesOfTheWay() {
        join(Wrapping.GRE, OptionalInt.of(7), OptionalInt.of(7), 64);

        assertThat(gateways.carol.device("tun1").link().mtu()).isEqualTo(1472);
        assertThat(ping(PingOptions.of(FAR, 1444).withDontFragment()).received())
                .isEqualTo(1);
        assertThat(ping(PingOptions.of(FAR, 1445).withDontFragment()).error()).contains("Message too long");
        assertThat(ping(PingOptions.of(FAR, 4000)).received()).isEqualTo(1);
    }

    @Test
    void ipv6ThatIsTooBigForTheWayIsTold() {
        join(Wrapping.GRE, OptionalInt.empty(), OptionalInt.empty(), 64);
        address(gateways.carol, "fd00::1/64");
        address(gateways.moon, "fd00::2/64");
        PingOptions large = PingOptions.of(ip("fd00::2"), 1400).withDontFragment();
        assertThat(ping(large).received()).isEqualTo(1);
        gateways.wan.mtu(1400);

        assertThat(ping(large).received()).isZero();
        assertThat(ping(large).error()).as("learnt").contains("Message too long");
        assertThat(ping(PingOptions.of(ip("fd00::2"), 1400).withCount(2)).received())
                .as("moon learns by its first answer")
                .isEqualTo(1);
    }

    /** Nobody can be told to send less than every IPv6 link takes. */
    @Test
    void ofAWayThatIsTooShortForIpv6NothingIsTold() {
        join(Wrapping.GRE, OptionalInt.empty(), OptionalInt.empty(), 64);
        address(gateways.carol, "fd00::1/64");
        gateways.wan.mtu(1300);
        PingOptions large = PingOptions.of(ip("fd00::2"), 1400).withDontFragment();

        assertThat(ping(large)).isEqualTo(ping(large));
        assertThat(ping(large).error()).isEmpty();
    }

    @Test
    void whereNoRouteLeadsNobodyIsTold() {
        TunnelInterface made = gateways.carol.attachTunnel(
                "tun1", new Tunnel(Wrapping.GRE, CAROL, ip("203.0.113.9"), OptionalInt.empty(), 64));
        address(gateways.carol, "172.16.0.1/30");

        PingOutcome outcome = ping(PingOptions.of(FAR, 56));

        assertThat(outcome.received()).isZero();
        assertThat(outcome.error()).isEmpty();
        assertThat(gateways.carol.namespace().statistics().snapshot().values()).containsOnly(0L);
        assertThat(made.counters().snapshot())
                .containsEntry(Counter.TX_ERRORS, 1L)
                .containsEntry(Counter.TX_CARRIER_ERRORS, 1L)
                .doesNotContainEntry(Counter.TX_DROPPED, 1L);
    }

    /** Moon's first request to carol, on the WAN, to be sent again otherwise. */
    private PacketBuffer request(Wrapping wrapping, String from, String to) {
        join(wrapping, OptionalInt.empty(), OptionalInt.empty(), 64);
        address(gateways.carol, to);
        address(gateways.moon, from);
        assertThat(gateways.moon.ping(PingOptions.of(net(to).address(), 56)).received())
                .isEqualTo(1);
        return PacketBuffer.of(gateways.onWan.get(0).clone());
    }

    /** The packet from there on, with a right checksum. */
    private static PacketBuffer finished(byte[] bytes, int from) {
        PacketBuffer packet = PacketBuffer.of(bytes, from, bytes.length - from);
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        ip.finish(ip.totalLength());
        return packet;
    }

    private boolean isAnswered(PacketBuffer packet) {
        int before = gateways.onWan.size();
        gateways.moon.inject(packet);
        return gateways.onWan.size() == before + 2;
    }

    @Test
    void greOfAnotherProtocolIsNobodys() {
        byte[] request = request(Wrapping.GRE, "10.7.0.2/30", "10.7.0.1/30").toBytes();

        assertThat(isAnswered(PacketBuffer.of(request.clone()))).isTrue();
        for (int type : new int[] {0x86dd, 0x0801, 0x6558}) {
            PacketBuffer other = PacketBuffer.of(request.clone());
            other.u16(22, type);
            assertThat(isAnswered(other)).as(Integer.toHexString(type)).isFalse();
        }
        assertThat(gateways.carol.tunnelInterfaces().values())
                .extracting(made -> made.counters().snapshot())
                .first(InstanceOfAssertFactories.map(Counter.class, Long.class))
                .as("with the first two requests")
                .containsEntry(Counter.RX_PACKETS, 5L)
                .containsEntry(Counter.RX_DROPPED, 2L);
    }

    @Test
    void ipipCarriesIpv4Alone() {
        TunnelInterface made = join(Wrapping.IPIP, OptionalInt.empty(), OptionalInt.empty(), 64);
        gateways.moon.ping(PingOptions.of(ip("fec0::100"), 56));
        PacketBuffer packet = PacketBuffer.of(gateways.onWan.get(0));
        assertThat(isAnswered(PacketBuffer.of(gateways.onWan.get(0))))
                .as("as it is")
                .isTrue();
        IpHeader.prepend(packet, MOON, CAROL, 4).finish(packet.length());

        assertThat(isAnswered(packet)).isFalse();
        assertThat(made.counters().snapshot()).containsEntry(Counter.RX_PACKETS, 1L);
    }

    @Test
    void congestionIsMarkedInsideAndAWrongChecksumStaysWrong() {
        byte[] request = request(Wrapping.IPIP, "10.7.0.2/30", "10.7.0.1/30").toBytes();
        request[1] = 3;
        request[20 + 1] = 2;
        byte[] inner = finished(request, 20).toBytes();
        System.arraycopy(inner, 0, request, 20, inner.length);
        byte[] wrong = request.clone();
        wrong[20 + 10] ^= 1;

        assertThat(isAnswered(finished(request, 0))).isTrue();
        IpHeader answered = IpHeader.read(
                        PacketBuffer.of(gateways.onWan.get(gateways.onWan.size() - 1), 20, request.length - 20))
                .orElseThrow();
        // An echo reply has the TOS of its request.
        assertThat(answered.trafficClass()).isEqualTo(3);
        assertThat(isAnswered(finished(wrong, 0))).isFalse();
    }

    @Test
    void oneThatLeadsIntoItselfIsCut() {
        TunnelInterface made = join(Wrapping.IPIP, OptionalInt.empty(), OptionalInt.empty(), 64);
        gateways.carol.route(net("192.168.0.1/32"), gateways.carol.device("tun1"));

        assertThat(ping(PingOptions.of(FAR, 56)).received()).isZero();
        assertThat(made.counters().snapshot()).containsEntry(Counter.COLLISIONS, 1L);
        assertThat(gateways.onWan).isEmpty();
    }

    @Test
    void whatWasMadeCanBeRemovedAndMadeAgain() {
        join(Wrapping.GRE, OptionalInt.empty(), OptionalInt.empty(), 64);
        gateways.carol.detach("tun1");

        assertThat(ping(PingOptions.of(FAR, 56)).error()).contains("Network is unreachable");
        assertThatThrownBy(() -> gateways.carol.detach("tun1")).hasMessageContaining("has made no interface tun1");
        gateways.carol.attachTunnel("tun1", new Tunnel(Wrapping.GRE, CAROL, MOON, OptionalInt.empty(), 64));
        address(gateways.carol, "172.16.0.1/30");
        assertThat(ping(PingOptions.of(FAR, 56)).received()).isEqualTo(1);
    }
}
