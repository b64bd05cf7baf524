package org.xfrmctl.datapath.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.PacketVectors;
import org.xfrmctl.model.IpAddress;

class IpHeaderTest {
    private static final PacketVectors VECTORS = PacketVectors.load();
    private static final byte[] V4 = VECTORS.get("esp-gcm16-v4tun-v4").wire();
    private static final byte[] V6 = VECTORS.get("esp-gcm16-v6tun-v6").wire();

    @Test
    void readsAnIpv4Header() {
        Ipv4Header header = Ipv4Header.read(PacketBuffer.of(V4), 0).orElseThrow();
        assertThat(header.length()).isEqualTo(20);
        assertThat(header.totalLength()).isEqualTo(V4.length);
        assertThat(header.trafficClass()).isEqualTo(0xb8);
        assertThat(header.identification()).isZero();
        assertThat(header.dontFragment()).isTrue();
        assertThat(header.isFragment()).isFalse();
        assertThat(header.hopLimit()).isEqualTo(64);
        assertThat(header.protocol()).isEqualTo(50);
        assertThat(header.source()).hasToString("192.168.0.100");
        assertThat(header.destination()).hasToString("192.168.0.1");
        assertThat(header.checksumIsValid()).isTrue();
    }

    @Test
    void readsAnIpv6Header() {
        Ipv6Header header = Ipv6Header.read(PacketBuffer.of(V6), 0).orElseThrow();
        assertThat(header.totalLength()).isEqualTo(V6.length);
        assertThat(header.trafficClass()).isEqualTo(0xb8);
        assertThat(header.flowLabel()).isEqualTo(0x12345);
        assertThat(header.hopLimit()).isEqualTo(64);
        assertThat(header.protocol()).isEqualTo(50);
        assertThat(header.source()).hasToString("fec0::100");
        assertThat(header.destination()).hasToString("fec0::1");
    }

    @Test
    void buildsTheSameIpv4HeaderOverJunk() {
        PacketBuffer packet = junkBefore(Arrays.copyOfRange(V4, 20, V4.length));
        Ipv4Header header =
                Ipv4Header.prepend(packet, IpAddress.parse("192.168.0.100"), IpAddress.parse("192.168.0.1"), 50);
        header.trafficClass(0xb8);
        header.dontFragment(true);
        header.finish(packet.length());
        assertThat(packet.toBytes()).isEqualTo(V4);
    }

    @Test
    void buildsTheSameIpv6HeaderOverJunk() {
        PacketBuffer packet = junkBefore(Arrays.copyOfRange(V6, 40, V6.length));
        Ipv6Header header = Ipv6Header.prepend(packet, IpAddress.parse("fec0::100"), IpAddress.parse("fec0::1"), 50);
        header.trafficClass(0xb8);
        header.flowLabel(0x12345);
        assertThat(packet.toBytes()).isEqualTo(V6);
    }

    @Test
    void refusesEveryTruncation() {
        for (byte[] packet : new byte[][] {V4, V6}) {
            for (int length = 0; length < packet.length; length++) {
                assertThat(IpHeader.read(PacketBuffer.of(packet, 0, length))).isEmpty();
            }
            assertThat(IpHeader.read(PacketBuffer.of(packet))).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:44", "0:46", "0:4f", "0:35", "2:0000", "2:0013", "2:ffff"})
    void refusesImpossibleIpv4Headers(String change) {
        byte[] packet = V4.clone();
        byte[] bytes = HexFormat.of().parseHex(change.substring(2));
        System.arraycopy(bytes, 0, packet, change.charAt(0) - '0', bytes.length);
        boolean plausible = change.equals("0:46") || change.equals("0:4f");
        assertThat(IpHeader.read(PacketBuffer.of(packet)).isPresent()).isEqualTo(plausible);
    }

    @Test
    void allowsLinkPaddingBehindThePacket() {
        byte[] padded = Arrays.copyOf(V4, V4.length + 7);
        assertThat(IpHeader.read(PacketBuffer.of(padded)).orElseThrow().totalLength())
                .isEqualTo(V4.length);
    }

    @Test
    void writesFragmentFields() {
        Ipv4Header header = Ipv4Header.read(PacketBuffer.of(V4), 0).orElseThrow();
        header.fragment(1480, true);
        header.identification(0x6f95);
        header.finish(header.totalLength());
        assertThat(header.fragmentOffset()).isEqualTo(1480);
        assertThat(header.moreFragments()).isTrue();
        assertThat(header.dontFragment()).isTrue();
        assertThat(header.isFragment()).isTrue();
        assertThat(header.checksumIsValid()).isTrue();
        header.dontFragment(false);
        header.fragment(0, false);
        assertThat(header.isFragment()).isFalse();
        assertThat(header.dontFragment()).isFalse();
    }

    private static PacketBuffer junkBefore(byte[] payload) {
        PacketBuffer packet = PacketBuffer.of(payload);
        Arrays.fill(packet.array(), 0, packet.start(), (byte) 0xa5);
        return packet;
    }
}
