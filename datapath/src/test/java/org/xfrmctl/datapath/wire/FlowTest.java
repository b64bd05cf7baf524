package org.xfrmctl.datapath.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.IpAddress;

class FlowTest {
    private static final IpAddress A4 = IpAddress.parse("10.3.0.9");
    private static final IpAddress B4 = IpAddress.parse("10.1.0.9");
    private static final IpAddress A6 = IpAddress.parse("fd03::9");
    private static final IpAddress B6 = IpAddress.parse("fd01::9");

    @ParameterizedTest
    @CsvSource({
        "6,   03e807d0, 1000, 2000",
        "17,  03e807d0, 1000, 2000",
        "33,  03e807d0, 1000, 2000",
        "132, 03e807d0, 1000, 2000",
        "136, 03e807d0, 1000, 2000",
        "17,  03e807, 0, 0",
        "1,   0800,   8, 0",
        "1,   0304ff, 3, 4",
        "1,   08,     0, 0",
        "47,  00000800aabbccdd, 0, 0",
        "47,  20000800aabbccdd, 43707, 52445",
        "47,  a000080000000000aabbccdd, 43707, 52445",
        "47,  20000800, 0, 0",
        "50,  03e807d0, 0, 0",
        "89,  03e807d0, 0, 0"
    })
    void decodesPortsOfIpv4(int protocol, String payload, int source, int destination) {
        PacketBuffer packet = PacketBuffer.of(HexFormat.of().parseHex(payload));
        Ipv4Header.prepend(packet, A4, B4, protocol);
        assertThat(Flow.of(packet)).contains(new Flow(A4, B4, protocol, source, destination));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1480, true", "1480, false"})
    void fragmentsHaveNoPorts(int offset, boolean more) {
        PacketBuffer packet = PacketBuffer.of(HexFormat.of().parseHex("03e807d0"));
        Ipv4Header.prepend(packet, A4, B4, 17).fragment(offset, more);
        assertThat(Flow.of(packet)).contains(new Flow(A4, B4, 17, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        // first next header, extension headers and payload, protocol, ports
        "17, 03e807d0, 17, 1000, 2000",
        // behind hop-by-hop options Linux reads the ports of UDP where the options begin
        "0,  1100000000000000 03e807d0, 17, 4352, 0",
        "60, 1100000000000000 03e807d0, 17, 1000, 2000",
        "0,  2b00000000000000 3c00000000000000 1101000000000000 0000000000000000 03e807d0, 17, 1000, 2000",
        "44, 1100000100000001 03e807d0, 17, 0, 0",
        "58, 8000, 58, 128, 0",
        "135, 3b000500, 135, 5, 0",
        "51, 11040000, 51, 0, 0",
        // the extension header is cut off: what it announces is not there
        "0,  11000000, 0, 0, 0"
    })
    void walksIpv6ExtensionHeaders(int next, String payload, int protocol, int source, int destination) {
        PacketBuffer packet = PacketBuffer.of(HexFormat.of().parseHex(payload.replace(" ", "")));
        Ipv6Header.prepend(packet, A6, B6, next);
        assertThat(Flow.of(packet)).contains(new Flow(A6, B6, protocol, source, destination));
    }

    @Test
    void neverFailsOnDamagedPackets() {
        long seed = 4711;
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 6) {
                bytes[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
                bytes[2] = 0;
                bytes[4] = 0;
                bytes[6] = (byte) new int[] {0, 43, 44, 60, 17, 47, 135}[random.nextInt(7)];
            }
            PacketBuffer packet = PacketBuffer.of(bytes);
            assertThat(Flow.of(packet).isPresent())
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(IpHeader.read(packet).isPresent());
            assertThat(IcmpEcho.read(packet)).isEmpty();
        }
    }

    @Test
    void reversesPortsButNotIcmpTypes() {
        assertThat(new Flow(A4, B4, 17, 1, 2).reversed()).isEqualTo(new Flow(B4, A4, 17, 2, 1));
        assertThat(new Flow(A4, B4, 1, 8, 0).reversed()).isEqualTo(new Flow(B4, A4, 1, 8, 0));
    }
}
