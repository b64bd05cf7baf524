package org.xfrmctl.datapath.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

class IcmpEchoTest {
    // RFC 3602, case 7: the inner packet of a tunnel, made by a ping of its time.
    private static final String PING =
            "45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d02a2040008090a0b0c0d0e0f"
                    + "101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637";

    @Test
    void readsAPing() {
        IcmpEcho echo =
                IcmpEcho.read(PacketBuffer.of(HexFormat.of().parseHex(PING))).orElseThrow();
        assertThat(echo.reply()).isFalse();
        assertThat(echo.identifier()).isEqualTo(0xa90a);
        assertThat(echo.sequence()).isEqualTo(0x0100);
        assertThat(echo.data().length()).isEqualTo(56);
        assertThat(echo.source()).hasToString("192.168.123.3");
    }

    @Test
    void buildsTheSamePing() {
        byte[] ping = HexFormat.of().parseHex(PING);
        PacketBuffer packet = IcmpEcho.read(PacketBuffer.of(ping)).orElseThrow().toPacket();
        Ipv4Header header = Ipv4Header.read(packet, 0).orElseThrow();
        header.identification(0x0904);
        header.finish(packet.length());
        assertThat(packet.toBytes()).isEqualTo(ping);
    }

    @ParameterizedTest
    @CsvSource({"10.3.0.9, 10.1.0.9, 0", "10.3.0.9, 10.1.0.9, 57", "fd03::9, fd01::9, 0", "fd03::9, fd01::9, 1401"})
    void readsBackWhatItBuilds(String source, String destination, int length) {
        IcmpEcho request = new IcmpEcho(
                IpAddress.parse(source),
                IpAddress.parse(destination),
                false,
                0xfffe,
                0xffff,
                Bytes.of(new byte[length]));
        assertThat(IcmpEcho.read(request.toPacket())).contains(request);
        assertThat(IcmpEcho.read(request.answer().toPacket())).contains(request.answer());
        assertThat(request.answer().reply()).isTrue();
    }

    @Test
    void noticesEveryFlippedByte() {
        byte[] ping = HexFormat.of().parseHex(PING);
        for (int at = 0; at < ping.length; at++) {
            byte[] damaged = ping.clone();
            damaged[at] ^= 0x21;
            assertThat(IcmpEcho.read(PacketBuffer.of(damaged)))
                    .as("byte %d", at)
                    .isEmpty();
        }
    }
}
