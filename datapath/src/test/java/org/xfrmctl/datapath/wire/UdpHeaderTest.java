package org.xfrmctl.datapath.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.PacketVectors;
import org.xfrmctl.model.IpAddress;

class UdpHeaderTest {
    @Test
    void readsUdpEncapsulationWithoutChecksum() {
        PacketBuffer packet = PacketBuffer.of(
                PacketVectors.load().get("esp-gcm16-udpencap-4500").wire());
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        UdpHeader udp = UdpHeader.read(packet, ip.length()).orElseThrow();
        assertThat(udp.sourcePort()).isEqualTo(4500);
        assertThat(udp.destinationPort()).isEqualTo(4500);
        assertThat(udp.length()).isEqualTo(packet.length() - 20);
        assertThat(udp.checksum()).isZero();
        assertThat(udp.checksumIsValid(ip)).isTrue();
        udp.updateChecksum(ip);
        assertThat(udp.checksum()).isNotZero();
        assertThat(udp.checksumIsValid(ip)).isTrue();
    }

    @Test
    void ipv6NeedsAChecksum() {
        PacketBuffer packet = PacketBuffer.of(new byte[] {1, 2, 3});
        UdpHeader.prepend(packet, 53, 1024);
        IpHeader ip = IpHeader.prepend(packet, IpAddress.parse("fd03::9"), IpAddress.parse("fd01::9"), 17);
        UdpHeader udp = UdpHeader.read(packet, ip.length()).orElseThrow();
        assertThat(udp.checksumIsValid(ip)).isFalse();
        udp.updateChecksum(ip);
        assertThat(udp.checksumIsValid(ip)).isTrue();
        packet.u8(ip.length() + 8, 9);
        assertThat(udp.checksumIsValid(ip)).isFalse();
    }

    @Test
    void refusesImpossibleLengths() {
        byte[] datagram = HexFormat.of().parseHex("00350400000b0000010203");
        assertThat(UdpHeader.read(PacketBuffer.of(datagram), 0)).isPresent();
        for (int length = 0; length < datagram.length; length++) {
            assertThat(UdpHeader.read(PacketBuffer.of(Arrays.copyOf(datagram, length)), 0))
                    .isEmpty();
        }
        datagram[5] = 7;
        assertThat(UdpHeader.read(PacketBuffer.of(datagram), 0)).isEmpty();
    }

    @Test
    void sumsTheExampleOfRfc1071() {
        PacketBuffer bytes = PacketBuffer.of(HexFormat.of().parseHex("0001f203f4f5f6f7"));
        assertThat(InternetChecksum.sum(bytes, 0, 8, 0)).isEqualTo(0x2ddf0);
        assertThat(InternetChecksum.finish(0x2ddf0)).isEqualTo(~0xddf2 & 0xffff);
    }
}
