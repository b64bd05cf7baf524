package org.xfrmctl.datapath.ipcomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Cpi;

/** The deflated bytes must be those of zlib with the kernel's parameters: ESP lengths and counters show any other. */
class DeflateIdentityTest {
    private static final String GOLDEN = "/org/xfrmctl/datapath/deflate-golden.csv";
    private final IpcompTransform transform = IpcompTransform.deflate(new Cpi(0x100));

    /** kind, length, seed, length of what zlib 1.2.13 made of it, and its SHA-256. */
    @ParameterizedTest
    @CsvFileSource(resources = GOLDEN)
    void equalsTheGoldenBytes(Payloads kind, int length, long seed, int deflatedLength, String sha256)
            throws Exception {
        byte[] payload = kind.make(length, seed);
        PacketBuffer packet = PacketBuffer.of(payload);
        boolean compressed = transform.compress(packet, 4);
        assertThat(compressed).isEqualTo(pays(length, deflatedLength));
        if (compressed) {
            byte[] deflated = Arrays.copyOfRange(packet.toBytes(), IpcompTransform.HEADER_LENGTH, packet.length());
            assertThat(deflated).hasSize(deflatedLength);
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(deflated)))
                    .isEqualTo(sha256);
        }
    }

    @Test
    void equalsZlibOnRandomInputs() throws IOException {
        long seed = Long.getLong("xfrmctl.seed", 42);
        int rounds = Integer.getInteger("xfrmctl.rounds", 60);
        Random random = new Random(seed);
        try (Python zlib = python()) {
            for (int i = 0; i < rounds; i++) {
                Payloads kind = Payloads.values()[random.nextInt(Payloads.values().length)];
                int length =
                        random.nextInt(8) == 0 ? random.nextInt(65536) : random.nextInt(1 << 6 + random.nextInt(8));
                byte[] payload = kind.make(length, random.nextLong());
                byte[] expected = zlib.deflate(payload);
                PacketBuffer packet = PacketBuffer.of(payload);
                boolean compressed = transform.compress(packet, 4);
                String about = kind + " of " + length + ", seed " + seed + ", round " + i;
                assertThat(compressed).as(about).isEqualTo(pays(length, expected.length));
                if (compressed) {
                    packet.dropFront(IpcompTransform.HEADER_LENGTH);
                    assertThat(packet.toBytes()).as(about).isEqualTo(expected);
                }
            }
        }
    }

    private static boolean pays(int length, int deflated) {
        return length >= 90 && deflated + 4 < length && deflated < IpcompTransform.MAX_LENGTH;
    }

    private static Python python() {
        try {
            return new Python();
        } catch (IOException e) {
            return abort("no python3 to compare with: " + e.getMessage());
        }
    }
}
