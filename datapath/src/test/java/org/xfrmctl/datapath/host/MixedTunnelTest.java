package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmCounter;

/** Tunnels of one family in the other, and through UDP. */
class MixedTunnelTest {
    private static Gateways gateways(Plan inner, Plan outer, StateOptions options) {
        Gateways gateways = Gateways.withoutAlice();
        for (boolean back : new boolean[] {false, true}) {
            String from = back ? outer.moon() : outer.carol();
            String to = back ? outer.carol() : outer.moon();
            gateways.add(esp(from, to, back ? 0x222 : 0x111, Mode.TUNNEL)
                    .flags(StateFlags.NONE.with(StateFlag.AF_UNSPEC))
                    .selector(Selector.any(Family.UNSPEC))
                    .options(options)
                    .build());
            Host sender = back ? gateways.moon : gateways.carol;
            Host receiver = back ? gateways.carol : gateways.moon;
            String near = back ? inner.alice() : inner.carol();
            String far = back ? inner.carol() : inner.alice();
            var templates = List.of(tunnel(from, to, IpProtocol.ESP, Level.REQUIRED));
            Gateways.add(
                    sender,
                    policy(Direction.OUT, near, far).templates(templates).build());
            Gateways.add(
                    receiver,
                    policy(Direction.IN, near, far).templates(templates).build());
        }
        return gateways;
    }

    @ParameterizedTest
    @CsvSource({"false, 56, 84/1", "true, 56, 104/1", "false, 3000, 3028/1", "true, 3000, 3152/3"})
    void oneFamilyInTheOther(boolean inner6, int size, String counted) {
        Plan inner = Plan.of(inner6);
        Gateways gateways = gateways(inner, Plan.of(!inner6), StateOptions.NONE);
        assertThat(gateways.carol.ping(PingOptions.of(ip(inner.alice()), size)).received())
                .isEqualTo(1);
        assertThat(Gateways.counters(gateways.moon))
                .containsEntry("111", counted)
                .containsEntry("222", counted);
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
        assertThat(gateways.onWan)
                .allMatch(packet -> Gateways.header(packet).family() == (inner6 ? Family.INET : Family.INET6));
    }

    private static StateOptions inUdp(boolean v6) {
        IpAddress none = IpAddress.any(v6 ? Family.INET6 : Family.INET);
        return StateOptions.NONE.withNatTraversal(NatTraversal.of(new Encap(Encap.ESPINUDP, 4500, 4500, none)));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void throughUdp(boolean v6) {
        Plan plan = Plan.of(v6);
        Gateways gateways = gateways(plan, plan, inUdp(v6));
        gateways.carol.encapsulate(4500, Encap.ESPINUDP);
        gateways.moon.encapsulate(4500, Encap.ESPINUDP);
        assertThat(gateways.carol.ping(PingOptions.of(ip(plan.alice()), 56)).received())
                .isEqualTo(1);
        assertThat(gateways.onWan).allMatch(packet -> Gateways.header(packet).protocol() == 17);
        assertThat(gateways.lengthsOnWan()).containsOnly(v6 ? 188 : 148);
    }

    @Test
    void bareEspForAStateWithUdpIsAMismatch() {
        Gateways gateways = gateways(Plan.V4, Plan.V4, inUdp(false));
        gateways.wan.impair(packet -> {
            byte[] bare = new byte[packet.length - 8];
            System.arraycopy(packet, 0, bare, 0, 20);
            System.arraycopy(packet, 28, bare, 20, bare.length - 20);
            return List.of(bareHeader(bare));
        });
        gateways.carol.ping(PingOptions.of(ip(Plan.V4.alice()), 56));
        assertThat(Gateways.statistics(gateways.moon)).containsEntry(XfrmCounter.IN_STATE_MISMATCH, 1L);
    }

    private static byte[] bareHeader(byte[] packet) {
        PacketBuffer buffer = PacketBuffer.of(packet);
        buffer.u8(9, 50);
        buffer.u16(2, packet.length);
        IpHeader.read(buffer).orElseThrow().finish(packet.length);
        return buffer.toBytes();
    }
}
