package org.xfrmctl.datapath.ipcomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.PacketVectors;
import org.xfrmctl.datapath.PacketVectors.Vector;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Cpi;

/** What is compressed and what is dropped; the limits were seen on Linux 6.1. */
class IpcompTransformTest {
    private static final int IPIP = 4;
    private final IpcompTransform transform = IpcompTransform.deflate(new Cpi(0x1234));

    @ParameterizedTest
    @CsvSource({"comp-v4tun-v4, 20, 4", "comp-v6tun-v6, 40, 41"})
    void compressesAndDecompressesAsTheKernel(String name, int outer, int nextHeader) {
        Vector vector = PacketVectors.load().get(name);
        byte[] compressed = Arrays.copyOfRange(vector.wire(), outer, vector.wire().length);
        PacketBuffer packet = PacketBuffer.of(vector.plainIn());
        IpHeader header = IpHeader.read(packet).orElseThrow();
        header.hopLimit(header.hopLimit() - 1);
        header.finish(packet.length());
        byte[] inner = packet.toBytes();

        assertThat(IpcompTransform.deflate(new Cpi(0x111)).compress(packet, nextHeader))
                .isTrue();
        assertThat(packet.toBytes()).isEqualTo(compressed);
        assertThat(transform.decompress(packet)).isEqualTo(nextHeader);
        assertThat(packet.toBytes()).isEqualTo(inner);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "89, false", "90, true", "128, true", "65535, true"})
    void leavesShortPayloadsAlone(int length, boolean compressed) {
        PacketBuffer packet = PacketBuffer.of(new byte[length]);
        assertThat(transform.compress(packet, IPIP)).isEqualTo(compressed);
        assertThat(packet.length() < length).isEqualTo(compressed);
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 400, 1400, 65535})
    void leavesRandomPayloadsUntouched(int length) {
        byte[] payload = Payloads.RANDOM.make(length, length);
        PacketBuffer packet = PacketBuffer.of(payload);
        assertThat(transform.compress(packet, IPIP)).isFalse();
        assertThat(packet.toBytes()).isEqualTo(payload);
    }

    /** Payloads around the point where compression begins to pay: only "deflated + 4 < length" is used. */
    @Test
    void neverExpands() {
        int smallestGain = Integer.MAX_VALUE;
        for (int zeros = 0; zeros < 60; zeros++) {
            byte[] payload = Payloads.RANDOM.make(200, 99);
            Arrays.fill(payload, 0, zeros, (byte) 0);
            byte[] deflated = deflate(payload, true);
            PacketBuffer packet = PacketBuffer.of(payload);
            boolean used = transform.compress(packet, IPIP);
            assertThat(used).as("%d zeros", zeros).isEqualTo(deflated.length + 4 < payload.length);
            if (used) {
                smallestGain = Math.min(smallestGain, payload.length - packet.length());
                assertThat(packet.length()).isEqualTo(deflated.length + 4);
            }
        }
        assertThat(smallestGain).isEqualTo(1);
    }

    @Test
    void readsBackWhatItCompresses() {
        long seed = 31337;
        Random random = new Random(seed);
        for (Payloads kind : Payloads.values()) {
            for (int length : new int[] {90, 91, 1400, 2048, 9000, 65400}) {
                byte[] payload = kind.make(length, random.nextLong());
                PacketBuffer packet = PacketBuffer.of(payload);
                if (transform.compress(packet, IPIP)) {
                    assertThat(packet.u8(1)).isZero();
                    assertThat(packet.u16(2)).isEqualTo(0x1234);
                    assertThat(transform.decompress(packet))
                            .as("%s %d of seed %d", kind, length, seed)
                            .isEqualTo(IPIP);
                }
                assertThat(packet.toBytes()).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"65300, true", "65372, true", "65400, true", "65401, false", "65480, false", "70000, false"})
    void limitsWhatComesOut(int length, boolean accepted) {
        PacketBuffer packet = packet(deflate(new byte[length], true));
        byte[] before = packet.toBytes();
        assertThat(transform.decompress(packet)).isEqualTo(accepted ? IPIP : IpcompTransform.PROTO_ERROR);
        assertThat(packet.toBytes()).isEqualTo(accepted ? new byte[length] : before);
    }

    @Test
    void acceptsAnyFlagsAndFarReferences() {
        byte[] payload = Arrays.copyOf(Payloads.RANDOM.make(350, 5), 21228);
        System.arraycopy(payload, 0, payload, 20350, 350);
        PacketBuffer packet = packet(deflate(payload, true));
        packet.u8(1, 0xff);
        assertThat(transform.decompress(packet)).isEqualTo(IPIP);
        assertThat(packet.toBytes()).isEqualTo(payload);
    }

    @Test
    void ignoresTrailingBytesButCountsThem() {
        byte[] deflated = deflate(new byte[300], true);
        assertThat(transform.decompress(packet(Arrays.copyOf(deflated, 296)))).isEqualTo(IPIP);
        assertThat(transform.decompress(packet(Arrays.copyOf(deflated, 297)))).isEqualTo(IpcompTransform.PROTO_ERROR);
    }

    @Test
    void refusesWhatIsNoCompleteRawDeflate() {
        byte[] payload = Payloads.TEXT.make(328, 7);
        byte[] deflated = deflate(payload, true);
        assertThat(transform.decompress(packet(deflated))).isEqualTo(IPIP);
        refused(deflate(payload, false)); // zlib-wrapped
        refused(syncFlushed(payload));
        refused(storedBlock(payload));
        refused(new byte[0]);
        refused(Arrays.copyOf(deflated, deflated.length / 2));
        byte[] corrupt = deflated.clone();
        corrupt[0] |= 6; // block type 3
        refused(corrupt);
    }

    @Test
    void mayLackOneLastZeroByte() {
        // An end-of-block code of seven zero bits that spills into a last byte without any set bit.
        byte[] deflated = deflate(new byte[300], true);
        assertThat(deflated[deflated.length - 1]).isZero();
        assertThat(transform.decompress(packet(Arrays.copyOf(deflated, deflated.length - 1))))
                .isEqualTo(IPIP);
        refused(Arrays.copyOf(deflated, deflated.length - 2));
    }

    @Test
    void damageNeverThrows() {
        long seed = 1;
        Random random = new Random(seed);
        byte[] good = deflate(Payloads.TEXT.make(1000, 3), true);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(transform.decompress(packet(damaged)))
                    .as("seed %d, round %d", seed, i)
                    .isIn(IpcompTransform.PROTO_ERROR, IPIP);
        }
        for (int length = 0; length < 4; length++) {
            assertThat(transform.decompress(PacketBuffer.of(new byte[length]))).isEqualTo(IpcompTransform.PROTO_ERROR);
        }
    }

    private void refused(byte[] deflated) {
        PacketBuffer packet = packet(deflated);
        byte[] before = packet.toBytes();
        assertThat(transform.decompress(packet)).isEqualTo(IpcompTransform.PROTO_ERROR);
        assertThat(packet.toBytes()).isEqualTo(before);
    }

    private static PacketBuffer packet(byte[] deflated) {
        PacketBuffer packet = PacketBuffer.of(deflated);
        packet.addFront(IpcompTransform.HEADER_LENGTH);
        packet.i32(0, IPIP << 24 | 0x1234);
        return packet;
    }

    private static byte[] deflate(byte[] payload, boolean raw) {
        Deflater deflater = new Deflater(6, raw);
        deflater.setInput(payload);
        deflater.finish();
        byte[] out = new byte[payload.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] syncFlushed(byte[] payload) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(payload);
        byte[] out = new byte[payload.length + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    /** RFC 1951, section 3.2.4: valid, but larger than its content. */
    private static byte[] storedBlock(byte[] payload) {
        byte[] block = new byte[payload.length + 5];
        block[0] = 1;
        block[1] = (byte) payload.length;
        block[2] = (byte) (payload.length >> 8);
        block[3] = (byte) ~payload.length;
        block[4] = (byte) (~payload.length >> 8);
        System.arraycopy(payload, 0, block, 5, payload.length);
        return block;
    }
}
