package org.xfrmctl.datapath.esp;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.crypto.CipherSuite;
import org.xfrmctl.datapath.crypto.PacketCipher;
import org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Spi;

/**
 * The packet format of one ESP state (RFC 4303, section 2; net/ipv4/esp4.c). Not safe for several threads.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |               Security Parameters Index (SPI)                 |
 * |                      Sequence Number                          |
 * |                    IV (0, 8 or 16 bytes)                      |
 * |              Payload, TFC Padding, Padding ...                |
 * |                               |  Pad Length   |  Next Header  |
 * |         Integrity Check Value-ICV   (variable)                |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class EspTransform {
    /** The packet is malformed: drop as {@code XfrmInStateProtoError}. */
    public static final int PROTO_ERROR = -1;
    /** The packet is forged or damaged: drop as {@code XfrmInStateProtoError} and count it as integrity_failed. */
    public static final int INTEGRITY_FAILED = -2;

    /** Pad length and next header. */
    private static final int TRAILER_LENGTH = 2;

    private static final int SPI = 0;
    private static final int SEQUENCE = 4;
    private static final int NO_NEXT_HEADER = 59;
    private static final long LOW_MASK = 0xffffffffL;

    private final PacketCipher cipher;
    private final Spi spi;
    private final boolean esn;

    private EspTransform(PacketCipher cipher, Spi spi, boolean esn) {
        this.cipher = cipher;
        this.spi = spi;
        this.esn = esn;
    }

    /**
     * Keys the transform of a state; algorithms of other protocols' kinds are ignored.
     *
     * @param random where the state's IV salt comes from; a {@link java.security.SecureRandom} outside of tests
     * @throws UnsupportedAlgorithmException with the reason that decides the errno
     */
    public static EspTransform of(List<Algorithm> algorithms, Spi spi, boolean esn, RandomGenerator random) {
        return new EspTransform(CipherSuite.of(algorithms, esn, random), spi, esn);
    }

    /** Whether {@link #of} would succeed: empty if so, otherwise what it would throw. */
    public static Optional<UnsupportedAlgorithmException> refusal(List<Algorithm> algorithms) {
        try {
            CipherSuite.of(algorithms, false, () -> 0);
            return Optional.empty();
        } catch (UnsupportedAlgorithmException e) {
            return Optional.of(e);
        }
    }

    /** ESP header and IV: what stands before the payload. */
    public int headerLength() {
        return PacketCipher.ESP_HEADER + cipher.ivLength();
    }

    public int ivLength() {
        return cipher.ivLength();
    }

    /** What payload, padding and trailer together are a multiple of. */
    public int blockSize() {
        return cipher.blockSize();
    }

    public int icvLength() {
        return cipher.icvLength();
    }

    /**
     * Turns the payload into an ESP packet.
     *
     * @param sequence 64 bits; without extended sequence numbers the upper half is ignored
     * @param padTo the length to which the payload is filled with zeros first (RFC 4303, section 2.7); 0 for none
     * @throws IllegalStateException if a combined mode gets the same number twice in a row: the key would be lost
     */
    public void seal(PacketBuffer payload, int nextHeader, long sequence, int padTo) {
        int length = payload.length();
        int padded = Math.max(length, padTo);
        int text = textLength(padded);
        payload.addBack(text - length + icvLength());
        writeTrailer(payload, length, padded, text, nextHeader);
        payload.addFront(headerLength());
        payload.i32(SPI, spi.bits());
        payload.i32(SEQUENCE, (int) sequence);
        int start = payload.start();
        cipher.seal(payload.array(), start, start + headerLength() + text, number(sequence));
    }

    /**
     * Turns an ESP packet into its payload and answers the next header, or a negative constant; then the packet's content
     * is undefined and it has to be dropped. TFC padding stays: only the payload's own length tells it apart.
     *
     * @param sequence the whole number as the replay window expanded it; only its upper half is used
     */
    public int open(PacketBuffer packet, long sequence) {
        int remaining = packet.length() - headerLength();
        int text = remaining - icvLength();
        if (remaining < 1 || text < 0) {
            return PROTO_ERROR;
        }
        int textStart = packet.start() + headerLength();
        return switch (cipher.open(packet.array(), packet.start(), textStart + text, number(sequence))) {
            case FORGED -> INTEGRITY_FAILED;
            case MALFORMED -> PROTO_ERROR;
            case GENUINE -> strip(packet, text);
        };
    }

    private int strip(PacketBuffer packet, int text) {
        if (text < TRAILER_LENGTH) {
            return PROTO_ERROR;
        }
        int textEnd = headerLength() + text;
        int padding = packet.u8(textEnd - 2);
        int nextHeader = packet.u8(textEnd - 1);
        // esp_remove_trailer(): something must be left. The padding's content is not looked at.
        if (padding + TRAILER_LENGTH >= text || nextHeader == NO_NEXT_HEADER) {
            return PROTO_ERROR;
        }
        packet.dropBack(padding + TRAILER_LENGTH + icvLength());
        packet.dropFront(headerLength());
        return nextHeader;
    }

    /** Zeros up to {@code padded}, then 1, 2, 3 ... (RFC 4303, section 2.4), pad length and next header. */
    private static void writeTrailer(PacketBuffer payload, int length, int padded, int text, int nextHeader) {
        for (int at = length; at < padded; at++) {
            payload.u8(at, 0);
        }
        int padding = text - padded - TRAILER_LENGTH;
        for (int i = 0; i < padding; i++) {
            payload.u8(padded + i, i + 1);
        }
        payload.u8(text - 2, padding);
        payload.u8(text - 1, nextHeader);
    }

    private int textLength(int payloadLength) {
        int block = blockSize();
        return (payloadLength + TRAILER_LENGTH + block - 1) / block * block;
    }

    private long number(long sequence) {
        return esn ? sequence : sequence & LOW_MASK;
    }
}
