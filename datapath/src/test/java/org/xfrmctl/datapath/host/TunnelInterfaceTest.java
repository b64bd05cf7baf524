package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;

import java.util.Optional;
import java.util.OptionalInt;
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
