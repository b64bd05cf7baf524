package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.key;
import static org.xfrmctl.datapath.engine.Samples.state;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** What a state asks for and this engine cannot do is dropped and counted; it never leaves in clear. */
class NothingUnprotectedTest {
    private static final String CAROL = "192.168.0.100";
    private static final String MOON = "192.168.0.1";

    private final XfrmNamespace namespace = new XfrmNamespace(new HandClock(), new Random(7));
    private final OutputProcessor output = new OutputProcessor(namespace, () -> 1);

    private Verdict send(SecurityAssociation association) {
        PacketBuffer packet = PacketBuffer.of(new byte[100]);
        IpHeader.prepend(packet, ip(CAROL), ip(MOON), 17).finish(packet.length());
        return output.transform(new Packet(packet), new Bundle(1400, List.of(new Bundle.Step(association, 1500))));
    }

    private SecurityAssociation insert(XfrmState state) {
        return namespace.states().insert(state).association().orElseThrow();
    }

    private void isDropped(Verdict verdict, XfrmCounter counter) {
        assertThat(verdict).isEqualTo(new Verdict.Drop(Optional.of(counter), Refusal.FAILED));
        assertThat(namespace.statistics().value(counter)).isEqualTo(1);
    }

    /** Linux 6.1 takes such a state, but what it sends is no sound AH. */
    @Test
    void authenticationHeaderInBeet() {
        SecurityAssociation ah = insert(state(CAROL, MOON, IpProtocol.AH, 0x111)
                .mode(Mode.BEET)
                .algorithms(List.of(new Algorithm.Authentication("hmac(sha256)", key(32), 128)))
                .build());

        isDropped(send(ah), XfrmCounter.OUT_STATE_PROTO_ERROR);
    }

    /** With its headers the packet is longer than a length field can say. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatGetsTooLong(int mode) {
        SecurityAssociation association =
                insert(esp(CAROL, MOON, 0x111, new Mode(mode)).build());
        PacketBuffer packet = PacketBuffer.of(new byte[65_500]);
        IpHeader.prepend(packet, ip(CAROL), ip(MOON), 17).finish(packet.length());

        isDropped(
                output.transform(new Packet(packet), new Bundle(65_535, List.of(new Bundle.Step(association, 65_535)))),
                XfrmCounter.OUT_STATE_PROTO_ERROR);
    }

    /** Hop-by-hop options that say they are longer than the packet. */
    @Test
    void headersThatEndBehindThePacket() {
        SecurityAssociation association =
                insert(esp("fec0::1", "fec0::2", 0x111, Mode.TRANSPORT).build());
        PacketBuffer packet = PacketBuffer.of(new byte[] {17, 99, 0, 0, 0, 0, 0, 0});
        IpHeader.prepend(packet, ip("fec0::1"), ip("fec0::2"), 0).finish(packet.length());

        isDropped(
                output.transform(new Packet(packet), new Bundle(1400, List.of(new Bundle.Step(association, 1500)))),
                XfrmCounter.OUT_STATE_MODE_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {43, 60})
    void headersOfMobileIpv6(int protocol) {
        SecurityAssociation association = insert(state(CAROL, MOON, new IpProtocol(protocol), 0)
                .mode(Mode.TRANSPORT)
                .build());

        isDropped(send(association), XfrmCounter.OUT_STATE_PROTO_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 6, 255})
    void otherModes(int mode) {
        isDropped(send(insert(esp(CAROL, MOON, 0x111, new Mode(mode)).build())), XfrmCounter.OUT_STATE_MODE_ERROR);
    }

    /** A policy may ask for plain IPIP; the companion then does what it is made for. */
    @Test
    void theCompanionOfCompressionEncapsulates() {
        SecurityAssociation owner =
                insert(comp(CAROL, MOON, 0x1001, Mode.TUNNEL).build());

        assertThat(send(owner.companion().orElseThrow())).isInstanceOf(Verdict.Forward.class);
    }
}
