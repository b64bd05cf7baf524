package org.xfrmctl.datapath.ipcomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.JZlib;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.IpAddress;

/**
 * The deflated bytes must be the kernel's: ESP lengths and counters show any other. Kernel, zlib and JZlib are the same
 * but for one rule, when to end a block early; so two of them are oracles for all of the code but that rule.
 */
class DeflateIdentityTest {
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int OUTPUT = 70000;

    /** kind, length, seed, length of what zlib 1.2.13 made of it with window 11 and memory level 8, and its SHA-256. */
    @ParameterizedTest
    @CsvFileSource(resources = "/org/xfrmctl/datapath/deflate-golden.csv")
    void equalsZlib(Payloads kind, int length, long seed, int deflatedLength, String sha256) throws Exception {
        byte[] deflated = deflate(new Deflate(NEVER), kind.make(length, seed));
        assertThat(deflated.length).isEqualTo(deflatedLength);
        assertThat(sha256(deflated)).isEqualTo(sha256);
    }

    @Test
    void equalsTheZlibOfThisMachine() throws IOException {
        Deflate deflate = new Deflate(NEVER);
        try (Python zlib = python()) {
            forRandomPayloads(
                    (payload, about) -> assertThat(Arrays.equals(deflate(deflate, payload), zlib.deflate(payload)))
                            .as(about)
                            .isTrue());
        }
    }

    @Test
    void equalsJzlibWithItsBlockRule() throws IOException {
        Deflate deflate = new Deflate(8192);
        forRandomPayloads((payload, about) -> assertThat(Arrays.equals(deflate(deflate, payload), jzlib(payload)))
                .as(about)
                .isTrue());
    }

    /** Packets that a kernel sent; six of them neither zlib nor JZlib would have compressed to the same length. */
    @ParameterizedTest
    @CsvFileSource(resources = "/org/xfrmctl/datapath/kernel-deflate.csv")
    void equalsTheKernel(Payloads kind, int length, long seed, int protocol, int deflatedLength, String sha256)
            throws Exception {
        PacketBuffer packet = PacketBuffer.of(kind.make(length, seed));
        Ipv4Header header = Ipv4Header.prepend(packet, IpAddress.parse("10.9.0.1"), IpAddress.parse("10.9.0.2"), 253);
        header.identification(0x1234);
        header.finish(packet.length());
        boolean compressed = IpcompTransform.deflate(new Cpi(0x1234)).compress(packet, 4);
        assertThat(compressed).isEqualTo(protocol == 108);
        if (compressed) {
            packet.dropFront(IpcompTransform.HEADER_LENGTH);
            assertThat(packet.length()).isEqualTo(deflatedLength);
            assertThat(sha256(packet.toBytes())).isEqualTo(sha256);
        }
    }

    @Test
    void stopsAtTheLimit() {
        byte[] payload = Payloads.TEXT.make(2000, 1);
        Deflate deflate = new Deflate();
        int length = deflate(deflate, payload).length;
        byte[] out = new byte[OUTPUT];
        assertThat(deflate.deflate(payload, 0, payload.length, out, length + 1)).isEqualTo(length);
        assertThat(deflate.deflate(payload, 0, payload.length, out, length)).isEqualTo(-1);
        assertThat(deflate.deflate(payload, 0, payload.length, out, 0)).isEqualTo(-1);
    }

    private interface Check {
        void check(byte[] payload, String about) throws IOException;
    }

    /** More rounds and another seed by {@code -Dxfrmctl.rounds} and {@code -Dxfrmctl.seed}. */
    private static void forRandomPayloads(Check check) throws IOException {
        long seed = Long.getLong("xfrmctl.seed", 42);
        int rounds = Integer.getInteger("xfrmctl.rounds", 50);
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            Payloads kind = Payloads.values()[random.nextInt(Payloads.values().length)];
            int length = random.nextInt(8) == 0 ? random.nextInt(65536) : random.nextInt(1 << (6 + random.nextInt(8)));
            check.check(
                    kind.make(length, random.nextLong()), kind + " of " + length + ", seed " + seed + ", round " + i);
        }
    }

    private static byte[] deflate(Deflate deflate, byte[] payload) {
        byte[] out = new byte[OUTPUT];
        return Arrays.copyOf(out, deflate.deflate(payload, 0, payload.length, out, OUTPUT));
    }

    private static byte[] jzlib(byte[] payload) {
        byte[] out = new byte[OUTPUT];
        Deflater deflater = new Deflater();
        deflater.init(6, -11, 8);
        deflater.setInput(payload);
        deflater.setOutput(out);
        assertThat(deflater.deflate(JZlib.Z_FINISH)).isEqualTo(JZlib.Z_STREAM_END);
        return Arrays.copyOf(out, (int) deflater.getTotalOut());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Python python() {
        try {
            return new Python();
        } catch (IOException e) {
            return abort("no python3 to compare with: " + e.getMessage());
        }
    }
}
