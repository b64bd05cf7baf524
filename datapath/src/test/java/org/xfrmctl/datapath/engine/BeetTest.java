package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** BEET, of every family in every other. */
class BeetTest {
    private static final List<Algorithm> CLEAR = List.of(new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY));

    private final XfrmNamespace namespace = new XfrmNamespace(new Samples.HandClock(), new Random(7));

    @ParameterizedTest
    @CsvSource({
        "10.1.0.1, 10.2.0.1, ''",
        "10.1.0.1, 10.2.0.1, 01010101",
        "10.1.0.1, 10.2.0.1, 0707040a00000101",
        "10.1.0.1, 10.2.0.1, 070b040a0000010000000001",
        "fd01::1, fd02::1, ''",
    })
    void travelsWithOtherAddressesAndArrivesWithItsOwn(String from, String to, String options) {
        for (boolean v6 : new boolean[] {false, true}) {
            namespace.states().flush(IpProtocol.ANY);
            SecurityAssociation association = insert(v6, from, to, Samples.gcm(128));
            byte[] inner = inner(from, to, options);
            PacketBuffer packet = PacketBuffer.of(inner);
            assertThat(send(packet, association)).isInstanceOf(Verdict.Forward.class);
            IpHeader outer = IpHeader.read(packet).orElseThrow();
            assertThat(outer.source()).isEqualTo(association.source());
            assertThat(outer.destination()).isEqualTo(association.destination());
            assertThat(outer.hopLimit()).isEqualTo(37);
            assertThat(outer.trafficClass()).isEqualTo(0xb9);
            if (outer instanceof Ipv4Header v4) {
                boolean same = from.contains(".");
                assertThat(v4.checksumIsValid()).isTrue();
                assertThat(v4.dontFragment()).isTrue();
                assertThat(v4.identification()).isEqualTo(same ? 0x1234 : 0);
            } else if (outer instanceof Ipv6Header header) {
                assertThat(header.flowLabel()).isEqualTo(from.contains(".") ? 0 : 0xabcde);
            }
            // Options and their pseudo header are payload.
            int optionLength = options.length() / 2;
            int pseudo = optionLength == 0 ? 0 : 8 - (optionLength & 4) + optionLength;
            assertThat(association.current().bytes()).isEqualTo(24 + pseudo);

            assertThat(receive(packet)).isInstanceOf(Verdict.Forward.class);
            assertThat(packet.toBytes()).isEqualTo(expected(inner, v6));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1100000001010101", "8, 11010400010101010101010101010101"})
    void wrapsOptionsAsTheKernel(int length, String pseudoHeader) {
        SecurityAssociation association = insert(false, "10.1.0.1", "10.2.0.1", CLEAR);
        PacketBuffer packet = PacketBuffer.of(inner("10.1.0.1", "10.2.0.1", "01".repeat(length)));
        assertThat(send(packet, association)).isInstanceOf(Verdict.Forward.class);
        byte[] right = HexFormat.of().parseHex(pseudoHeader);
        assertThat(Arrays.copyOfRange(packet.toBytes(), 28, 28 + right.length)).isEqualTo(right);
        assertThat(packet.u8(packet.length() - 1)).isEqualTo(94);
    }

    @Test
    void fragmentsAreRefused() {
        PacketBuffer v4 = PacketBuffer.of(inner("10.1.0.1", "10.2.0.1", ""));
        v4.u16(6, 0x2000);
        assertThat(send(v4, insert(false, "10.1.0.1", "10.2.0.1", CLEAR))).isEqualTo(modeError());
        PacketBuffer v6 = PacketBuffer.of(inner("fd01::1", "fd02::1", ""));
        v6.u8(6, 44);
        v6.u8(40, 17);
        namespace.states().flush(IpProtocol.ANY);
        assertThat(send(v6, insert(false, "fd01::1", "fd02::1", CLEAR))).isEqualTo(modeError());
    }

    /** Pseudo headers that cannot be; the state has counted them all the same. */
    @ParameterizedTest
    @CsvSource({
        "1100, XfrmInStateModeError", "11ff0000, XfrmInStateModeError", "11000100, XfrmInStateModeError",
        "1100ff00, XfrmInStateModeError", "11010800, XfrmInStateModeError", "11020000, ''",
    })
    void badPseudoHeaders(String pseudo, String counter) {
        SecurityAssociation association = insert(false, "10.1.0.1", "10.2.0.1", CLEAR);
        PacketBuffer packet = PacketBuffer.of(HexFormat.of().parseHex(pseudo));
        association.esp(new Random()).seal(packet, 94, 1, 0);
        Ipv4Header.prepend(packet, association.source(), association.destination(), 50);
        Verdict.Drop drop = (Verdict.Drop) receive(packet);
        assertThat(drop.counter().map(XfrmCounter::toString).orElse("")).isEqualTo(counter);
        assertThat(association.current().packets()).isEqualTo(1);
    }

    private static Verdict modeError() {
        return new Verdict.Drop(Optional.of(XfrmCounter.OUT_STATE_MODE_ERROR), Refusal.FAILED);
    }

    private SecurityAssociation insert(boolean v6, String from, String to, List<Algorithm> algorithms) {
        XfrmState.Builder state = v6
                ? esp("fec0::100", "fec0::1", 0x111, Mode.BEET)
                : esp("192.168.0.100", "192.168.0.1", 0x111, Mode.BEET);
        Selector selector = Selector.between(IpPrefix.host(ip(from)), IpPrefix.host(ip(to)));
        return namespace
                .states()
                .insert(state.selector(selector).algorithms(algorithms).build())
                .association()
                .orElseThrow();
    }

    private Verdict send(PacketBuffer packet, SecurityAssociation association) {
        Bundle bundle = new Bundle(1400, List.of(new Bundle.Step(association, 1500)));
        return new OutputProcessor(namespace, () -> 1).transform(new Packet(packet), bundle);
    }

    private Verdict receive(PacketBuffer packet) {
        return new InputProcessor(namespace).receive(new Packet(packet));
    }

    /** What the outer header has no room for is lost. */
    private static byte[] expected(byte[] inner, boolean outer6) {
        PacketBuffer packet = PacketBuffer.of(inner);
        IpHeader header = IpHeader.read(packet).orElseThrow();
        if (header instanceof Ipv4Header v4 && outer6) {
            v4.identification(0);
            v4.finish(packet.length());
        } else if (header instanceof Ipv6Header v6 && !outer6) {
            v6.flowLabel(0);
        }
        return packet.toBytes();
    }

    /** 24 bytes of payload below a header with everything set. */
    private static byte[] inner(String from, String to, String options) {
        byte[] optionBytes = HexFormat.of().parseHex(options);
        PacketBuffer packet = PacketBuffer.of(new byte[24]);
        packet.addFront(optionBytes.length);
        System.arraycopy(optionBytes, 0, packet.array(), packet.start(), optionBytes.length);
        IpHeader header = IpHeader.prepend(packet, ip(from), ip(to), 17);
        header.hopLimit(37);
        header.trafficClass(0xb9);
        if (header instanceof Ipv4Header v4) {
            packet.u8(0, 0x45 + optionBytes.length / 4);
            v4.identification(0x1234);
            v4.dontFragment(true);
        } else if (header instanceof Ipv6Header v6) {
            v6.flowLabel(0xabcde);
        }
        header.finish(packet.length());
        return packet.toBytes();
    }
}
