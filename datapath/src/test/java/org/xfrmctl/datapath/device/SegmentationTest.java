package org.xfrmctl.datapath.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;

/** A long segment becomes packets with all of its data, in order, that any receiver takes. */
class SegmentationTest {
    private static final int ECE = 0x40;
    private static final int CWR = 0x80;
    /** Near their ends, so that both counters turn over. */
    private static final int SEQUENCE = 0xfffffff0;

    private static final int IDENTIFICATION = 0xfffe;

    private final byte[] data = new byte[3000];

    SegmentationTest() {
        new Random(1).nextBytes(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.", "fd09::"})
    void tcpCountsOnAndEndsOnce(String net) {
        PacketBuffer buffer = PacketBuffer.of(data);
        TcpHeader.prepend(buffer, 1000, 2000, OptionalInt.of(1460))
                .fill(SEQUENCE, 77, TcpHeader.ACK | TcpHeader.PSH | TcpHeader.FIN | ECE | CWR, 500);
        byte[] whole = packet(buffer, net, TcpHeader.PROTOCOL);
        List<byte[]> packets = Segmentation.cut(whole, TcpHeader.PROTOCOL, 1000);
        assertThat(packets).hasSize(3);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < packets.size(); i++) {
            PacketBuffer packet = PacketBuffer.of(packets.get(i));
            IpHeader ip = sound(packet, i);
            int at = ip.length();
            TcpHeader tcp = TcpHeader.read(packet, at).orElseThrow();
            assertThat(tcp.checksumIsValid(ip, packet.length() - at)).isTrue();
            assertThat(tcp.sequence()).isEqualTo(SEQUENCE + 1000 * i);
            assertThat(tcp.acknowledgment()).isEqualTo(77);
            assertThat(tcp.window()).isEqualTo(500);
            assertThat(tcp.mss()).hasValue(1460);
            int end = i == 2 ? TcpHeader.PSH | TcpHeader.FIN : 0;
            assertThat(packet.u8(at + 13)).isEqualTo(TcpHeader.ACK | ECE | end | (i == 0 ? CWR : 0));
            joined.write(packet.array(), packet.start() + at + tcp.length(), packet.length() - at - tcp.length());
        }
        assertThat(joined.toByteArray()).isEqualTo(data);
    }

    /** The last one is shorter, and the length that the whole one states may be anything. */
    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.", "fd09::"})
    void datagramsGetLengthsOfTheirOwn(String net) {
        PacketBuffer buffer = PacketBuffer.of(data);
        UdpHeader.prepend(buffer, 1000, 2000);
        buffer.u16(4, 0xffff);
        List<byte[]> packets = Segmentation.cut(packet(buffer, net, UdpHeader.PROTOCOL), UdpHeader.PROTOCOL, 1400);
        assertThat(packets).hasSize(3);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < packets.size(); i++) {
            PacketBuffer packet = PacketBuffer.of(packets.get(i));
            IpHeader ip = sound(packet, i);
            UdpHeader udp = UdpHeader.read(packet, ip.length()).orElseThrow();
            assertThat(udp.length()).isEqualTo(i < 2 ? 1408 : 208);
            assertThat(udp.checksum()).isNotZero();
            assertThat(udp.checksumIsValid(ip)).isTrue();
            assertThat(udp.destinationPort()).isEqualTo(2000);
            joined.write(packet.array(), packet.start() + ip.length() + UdpHeader.LENGTH, udp.length() - 8);
        }
        assertThat(joined.toByteArray()).isEqualTo(data);
    }

    private static byte[] packet(PacketBuffer transport, String net, int protocol) {
        IpHeader ip = IpHeader.prepend(transport, ip(net + "1"), ip(net + "2"), protocol);
        ip.trafficClass(0x2e);
        if (ip instanceof Ipv4Header v4) {
            v4.identification(IDENTIFICATION);
            v4.dontFragment(true);
        }
        ip.finish(transport.length());
        // An Ethernet may pad.
        transport.addBack(3);
        return transport.toBytes();
    }

    private static IpHeader sound(PacketBuffer packet, int number) {
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        assertThat(ip.totalLength()).isEqualTo(packet.length());
        assertThat(ip.trafficClass()).isEqualTo(0x2e);
        if (ip instanceof Ipv4Header v4) {
            assertThat(v4.checksumIsValid()).isTrue();
            assertThat(v4.dontFragment()).isTrue();
            assertThat(v4.identification()).isEqualTo(IDENTIFICATION + number & 0xffff);
        }
        return ip;
    }

    @Test
    void whatCannotBeCutIsNoPacket() {
        PacketBuffer buffer = PacketBuffer.of(data);
        UdpHeader.prepend(buffer, 1000, 2000);
        byte[] udp = packet(buffer, "10.9.0.", UdpHeader.PROTOCOL);
        assertThat(Segmentation.cut(udp, UdpHeader.PROTOCOL, 0)).isEmpty();
        assertThat(Segmentation.cut(udp, TcpHeader.PROTOCOL, 1000)).isEmpty();
        byte[] fragment = udp.clone();
        fragment[6] |= 0x20;
        assertThat(Segmentation.cut(fragment, UdpHeader.PROTOCOL, 1000)).isEmpty();
        assertThat(Segmentation.cut(new byte[0], UdpHeader.PROTOCOL, 1000)).isEmpty();
    }

    /** Whatever the headers say: another seed by {@code -Dxfrmctl.seed}. */
    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.", "fd09::"})
    void nothingStopsIt(String net) {
        long seed = Long.getLong("xfrmctl.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int protocol = random.nextBoolean() ? TcpHeader.PROTOCOL : UdpHeader.PROTOCOL;
            byte[] rest = new byte[random.nextInt(60)];
            random.nextBytes(rest);
            byte[] whole = packet(PacketBuffer.of(rest), net, random.nextInt(4) > 0 ? protocol : 60);
            whole[random.nextInt(8)] ^= (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            int size = 1 + random.nextInt(20);
            for (byte[] packet : Segmentation.cut(whole, protocol, size)) {
                assertThat(IpHeader.read(PacketBuffer.of(packet)))
                        .as("seed " + seed)
                        .isPresent();
            }
        }
    }
}
