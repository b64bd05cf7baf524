package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.ip;

import com.jcraft.jzlib.JZlib;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;

/** IPv4 packets with contents that compress more or less, and what others make of them. */
final class Compressible {
    private static final int UDP = 17;

    private final Random random = new Random(1);

    /** Bytes of a kind that the table names, or of one that does what its row says. */
    byte[] content(int length, String kind) {
        byte[] content = new byte[length];
        switch (kind) {
            case "a" -> Arrays.fill(content, (byte) 'a');
            case "rnd" -> random.nextBytes(content);
            case "text" -> {
                for (int i = 0; i < length; i++) {
                    content[i] = (byte) "the quick brown fox jumps over the lazy dog ".charAt(i % 44);
                }
            }
            // A little of the noise comes back where only the larger window reaches.
            case "far" -> {
                System.arraycopy(content(length, "text"), 0, content, 0, length);
                System.arraycopy(content(2300, "rnd"), 0, content, 0, 2300);
                System.arraycopy(content, 100, content, 5000, 12);
            }
            // Noise that repeats: nearer than either window, or farther than the smaller of them.
            case "near", "mixed" -> {
                random.nextBytes(content);
                int distance = kind.equals("near") ? 1200 : 2850;
                for (int i = Math.min(distance, length / 2); i < length; i++) {
                    content[i] = i < distance ? (byte) 'x' : content[i - distance];
                }
            }
            default -> throw new IllegalArgumentException(kind);
        }
        return content;
    }

    /** As zlib's family makes it with a window of so many bits. */
    static byte[] deflated(byte[] content, int window) {
        byte[] out = new byte[content.length + 1000];
        com.jcraft.jzlib.Deflater deflater = new com.jcraft.jzlib.Deflater();
        deflater.init(6, -window, 8);
        deflater.setInput(content);
        deflater.setOutput(out);
        deflater.deflate(JZlib.Z_FINISH);
        return Arrays.copyOf(out, (int) deflater.getTotalOut());
    }

    /** As Java's own makes it: raw or as zlib wraps it, whole or without the last block. */
    static byte[] java(byte[] content, boolean raw, int flush) {
        Deflater deflater = new Deflater(6, raw);
        deflater.setInput(content);
        byte[] out = new byte[content.length + 1000];
        if (flush == Deflater.NO_FLUSH) {
            deflater.finish();
        }
        int length = deflater.deflate(out, 0, out.length, flush);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    /** Noise, and the same once more at this distance. */
    byte[] repeated(int length, int distance) {
        byte[] content = new byte[length - 20];
        byte[] noise = new byte[350];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, content, 0, noise.length);
        System.arraycopy(noise, 0, content, distance, Math.min(noise.length, content.length - distance));
        return packet(UDP, content);
    }

    static byte[] packet(int protocol, byte[] payload) {
        PacketBuffer packet = PacketBuffer.of(payload);
        IpHeader.prepend(packet, ip("10.3.0.9"), ip("10.1.0.9"), protocol);
        return packet.toBytes();
    }
}
