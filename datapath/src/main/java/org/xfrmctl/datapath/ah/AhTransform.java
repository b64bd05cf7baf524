package org.xfrmctl.datapath.ah;

import java.util.List;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.crypto.IntegrityValue;
import org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Spi;

/**
 * The packet format of one AH state (RFC 4302, section 2; net/ipv4/ah4.c, net/ipv6/ah6.c). Not safe for several threads.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Next Header   |  Payload Len  |          RESERVED             |
 * |               Security Parameters Index (SPI)                 |
 * |                      Sequence Number                          |
 * |         Integrity Check Value-ICV, padding (variable)         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The value covers the IP header too, which is therefore given beside the payload.
 */
public final class AhTransform {
    public static final int PROTOCOL = 51;
    /** The packet is malformed, with ESP's meaning. */
    public static final int PROTO_ERROR = EspTransform.PROTO_ERROR;
    /** The packet is forged or damaged, with ESP's meaning. */
    public static final int INTEGRITY_FAILED = EspTransform.INTEGRITY_FAILED;
    /** Where the sequence number stands. */
    public static final int SEQUENCE = 8;

    private static final int NEXT_HEADER = 0;
    private static final int PAYLOAD_LENGTH = 1;
    private static final int RESERVED = 2;
    private static final int SPI = 4;
    private static final int ICV = 12;

    private final IntegrityValue integrity;
    private final Spi spi;
    private final boolean align4;
    private final byte[] zeros;
    private final ImmutableHeader immutable = new ImmutableHeader();

    private AhTransform(IntegrityValue integrity, Spi spi, boolean align4) {
        this.integrity = integrity;
        this.spi = spi;
        this.align4 = align4;
        this.zeros = new byte[integrity.length()];
    }

    /**
     * Keys the transform of a state.
     *
     * @param align4 whether the header is a multiple of 4 bytes long and not of 8: an IPv4 state with that flag
     * @throws UnsupportedAlgorithmException with the reason that decides the errno
     */
    public static AhTransform of(List<Algorithm> algorithms, Spi spi, boolean esn, boolean align4) {
        Algorithm.Authentication stated = algorithms.stream()
                .filter(Algorithm.Authentication.class::isInstance)
                .map(Algorithm.Authentication.class::cast)
                .findFirst()
                .orElseThrow(() -> new UnsupportedAlgorithmException(
                        UnsupportedAlgorithmException.Reason.BAD_COMBINATION, "AH needs a keyed hash"));
        return new AhTransform(IntegrityValue.of(stated, esn), spi, align4);
    }

    /** Bytes of the whole header with an integrity value of {@code icv} bytes (RFC 4302, section 3.3.3.2.1). */
    public static int headerLength(int icv, boolean align4) {
        int unit = align4 ? 4 : 8;
        return (ICV + icv + unit - 1) & -unit;
    }

    public int headerLength() {
        return headerLength(integrity.length(), align4);
    }

    /**
     * Puts the AH before the payload.
     *
     * @param header the IP header that will stand before it, complete: protocol 51 and the final length
     * @param length of that header with its options or extension headers
     * @return false if those are malformed; the packet must be dropped then
     */
    public boolean seal(byte[] header, int length, PacketBuffer payload, int nextHeader, long sequence) {
        if (!immutable.take(header, length, true)) {
            return false;
        }
        int own = headerLength();
        payload.addFront(own);
        payload.u8(NEXT_HEADER, nextHeader);
        payload.u8(PAYLOAD_LENGTH, own / 4 - 2);
        payload.u16(RESERVED, 0);
        payload.i32(SPI, spi.bits());
        payload.i32(SEQUENCE, (int) sequence);
        // The kernel leaves in the padding what was there; a receiver takes any.
        for (int at = ICV; at < own; at++) {
            payload.u8(at, 0);
        }
        hash(payload);
        integrity.write(payload.array(), payload.start() + ICV, sequence);
        return true;
    }

    /**
     * Takes the AH off the payload and answers the next header, or a negative constant; then the packet has to be dropped.
     *
     * @param header the IP header as it came, of {@code length} bytes
     * @param sequence the whole number as the replay window expanded it; only its upper half is used
     */
    public int open(byte[] header, int length, PacketBuffer payload, long sequence) {
        if (payload.length() < ICV) {
            return PROTO_ERROR;
        }
        int own = (payload.u8(PAYLOAD_LENGTH) + 2) * 4;
        boolean fits = own == headerLength() || own == headerLength(integrity.fullLength(), align4);
        if (!fits || payload.length() < own || !immutable.take(header, length, false)) {
            return PROTO_ERROR;
        }
        hash(payload);
        if (!integrity.matches(payload.array(), payload.start() + ICV, sequence)) {
            return INTEGRITY_FAILED;
        }
        int nextHeader = payload.u8(NEXT_HEADER);
        payload.dropFront(own);
        return nextHeader;
    }

    /** IP header, AH with zeros for its value, the rest as it is (RFC 4302, section 3.3.3). */
    private void hash(PacketBuffer payload) {
        integrity.update(immutable.bytes(), 0, immutable.length());
        integrity.update(payload.array(), payload.start(), ICV);
        integrity.update(zeros, 0, zeros.length);
        int rest = ICV + zeros.length;
        integrity.update(payload.array(), payload.start() + rest, payload.length() - rest);
    }
}
