package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.link.Impairment;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmCounter;

/** Packets that are repeated, forged, cut or for nobody. */
class BadLinkTest {
    private static final Plan P = Plan.V4;

    private static Gateways withReplayWindow() {
        Gateways gateways = Gateways.withoutAlice();
        gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT)
                .replay(new ReplayState.Basic(32, 0, 0, 0))
                .build());
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, P.carol(), P.moon())
                        .templates(List.of(transport(P.carol(), IpProtocol.ESP, Level.REQUIRED)))
                        .build());
        return gateways;
    }

    @Test
    void duplicatesAreRefusedByTheReplayWindow() {
        Gateways gateways = withReplayWindow();
        gateways.wan.impair(Impairment.duplication(1.0, new Random(1)));
        assertThat(gateways.carol
                        .ping(PingOptions.of(ip(P.moon()), 56).withCount(3))
                        .received())
                .isEqualTo(3);
        assertThat(Gateways.statistics(gateways.moon)).isEqualTo(Map.of(XfrmCounter.IN_STATE_SEQ_ERROR, 3L));
        SecurityAssociation inbound = gateways.moon.namespace().states().list().get(0);
        assertThat(inbound.statistics().replay()).isEqualTo(3);
        assertThat(inbound.current().packets()).isEqualTo(3);
        assertThat(inbound.replay()).isEqualTo(new ReplayState.Basic(32, 0, 3, 7));
    }

    @Test
    void forgedPacketsAreCountedAndNotAdvanced() {
        Gateways gateways = withReplayWindow();
        gateways.wan.impair(packet -> {
            byte[] forged = packet.clone();
            forged[forged.length - 1] ^= 1;
            return List.of(forged);
        });
        assertThat(gateways.carol.ping(PingOptions.of(ip(P.moon()), 56)).received())
                .isZero();
        assertThat(Gateways.statistics(gateways.moon)).isEqualTo(Map.of(XfrmCounter.IN_STATE_PROTO_ERROR, 1L));
        SecurityAssociation inbound = gateways.moon.namespace().states().list().get(0);
        assertThat(inbound.statistics().integrityFailed()).isEqualTo(1);
        assertThat(inbound.current().packets()).isZero();
        assertThat(inbound.current().useTime()).isNotZero();
        assertThat(inbound.replay()).isEqualTo(new ReplayState.Basic(32, 0, 0, 0));
    }

    /** Protocol, payload in hex, the counter; seen on Linux 6.1. */
    @ParameterizedTest
    @CsvSource({
        "50, 00000999000000010000, XfrmInNoStates",
        "50, 00000111000000, XfrmInHdrError",
        "50, 0000011100000001, XfrmInStateProtoError",
        "108, 040000, XfrmInHdrError",
        "108, 04001234, XfrmInNoStates",
        "4, 4500001400000000400000000a0000010a000002, XfrmInNoStates",
        "51, 0404000000000111, XfrmInHdrError"
    })
    void oddPackets(int protocol, String payload, String counter) {
        Gateways gateways = withReplayWindow();
        PacketBuffer packet = PacketBuffer.of(HexFormat.of().parseHex(payload));
        IpHeader.prepend(packet, ip(P.carol()), ip(P.moon()), protocol);
        gateways.carol.inject(packet);
        assertThat(Gateways.statistics(gateways.moon).toString()).isEqualTo("{" + counter + "=1}");
    }

    @Test
    void flowOutsideTheStatesSelectorIsCountedAndDropped() {
        Gateways gateways = Gateways.withoutAlice();
        Selector other = Selector.between(IpPrefix.parse(P.carol()), IpPrefix.parse("192.168.0.77"));
        gateways.moon
                .namespace()
                .states()
                .insert(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT)
                        .algorithms(gcm(128))
                        .selector(other)
                        .build());
        SecurityAssociation inbound = gateways.moon.namespace().states().list().get(0);
        gateways.carol
                .namespace()
                .states()
                .insert(inbound.definition().toBuilder()
                        .selector(Selector.any(Family.INET))
                        .build());
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, P.carol(), P.moon())
                        .templates(List.of(transport(P.carol(), IpProtocol.ESP, Level.REQUIRED)))
                        .build());
        gateways.carol.ping(PingOptions.of(ip(P.moon()), 56));
        assertThat(Gateways.statistics(gateways.moon)).isEqualTo(Map.of(XfrmCounter.IN_STATE_MISMATCH, 1L));
        assertThat(inbound.current().packets()).isEqualTo(1);
    }

    @Test
    void lostAndReorderedPacketsLeaveTheOthersAlone() {
        Gateways gateways = withReplayWindow();
        gateways.wan.impair(Impairment.loss(0.3, new Random(5)).then(Impairment.reordering(0.3, new Random(6))));
        int received = gateways.carol
                .ping(PingOptions.of(ip(P.moon()), 56).withCount(50))
                .received();
        assertThat(received).isBetween(5, 45);
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
    }
}
