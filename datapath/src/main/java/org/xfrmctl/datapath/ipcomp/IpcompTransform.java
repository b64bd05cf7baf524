package org.xfrmctl.datapath.ipcomp;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Cpi;

/**
 * The compressor of one IPComp state (RFC 3173; net/xfrm/xfrm_ipcomp.c of Linux 6.1). Packets are independent of each
 * other. Not safe for several threads.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Next Header  |     Flags     | Compression Parameter Index   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class IpcompTransform implements AutoCloseable {
    /** Of the IPComp header. */
    public static final int HEADER_LENGTH = 4;
    /** Shorter payloads are left alone (net/xfrm/xfrm_algo.c). */
    public static final int THRESHOLD = 90;
    /** The most that decompression may yield, and compression as well: IPCOMP_SCRATCH_SIZE. */
    public static final int MAX_LENGTH = 65400;
    /** What {@link #decompress} answers for a packet to be dropped as {@code XfrmInStateProtoError}. */
    public static final int PROTO_ERROR = -1;

    private static final int NEXT_HEADER = 0;
    private static final int FLAGS = 1;
    private static final int CPI = 2;

    private static final byte[] ZERO = {0};

    private final Cpi cpi;
    /** A state serves one direction, so it has either compressors or a decompressor. */
    private @Nullable Deflate deflate;

    private @Nullable ShortDeflate shortDeflate;
    private @Nullable Inflater inflater;
    private byte[] scratch = new byte[2048];

    private IpcompTransform(Cpi cpi) {
        this.cpi = cpi;
    }

    /** The transform of a state whose algorithm is {@code deflate}; there is no other in practice. */
    public static IpcompTransform deflate(Cpi cpi) {
        return new IpcompTransform(cpi);
    }

    /**
     * Compresses what follows the IP header. True if the buffer now starts with an IPComp header; false if it is
     * untouched because compression would not pay (RFC 3173, section 2.2), and is to be sent as it is.
     */
    public boolean compress(PacketBuffer payload, int nextHeader) {
        int length = payload.length();
        if (length < THRESHOLD) {
            return false;
        }
        // Both limits are exclusive: "deflated + 4 < length", and zlib wants one byte to spare to come to its end.
        int limit = Math.min(MAX_LENGTH, length - HEADER_LENGTH);
        scratch(limit);
        int deflated = length <= ShortDeflate.LONGEST && ShortDeflate.isExact()
                ? shortDeflate().deflate(payload.array(), payload.start(), length, scratch, limit)
                : deflate().deflate(payload.array(), payload.start(), length, scratch, limit);
        if (deflated < 0) {
            return false;
        }
        payload.replace(scratch, 0, deflated);
        payload.addFront(HEADER_LENGTH);
        payload.u8(NEXT_HEADER, nextHeader);
        payload.u8(FLAGS, 0);
        payload.u16(CPI, cpi.number());
        return true;
    }

    /**
     * Replaces a packet that starts with an IPComp header (of at least 4 bytes) by its decompressed payload and answers
     * the next header; {@link #PROTO_ERROR} if it cannot be decompressed, and then the packet is left as it was.
     */
    public int decompress(PacketBuffer packet) {
        int compressed = packet.length() - HEADER_LENGTH;
        if (compressed < 0) {
            return PROTO_ERROR;
        }
        int inflated = inflate(packet, compressed);
        // What follows the final block counts as compressed bytes although it is ignored.
        if (inflated < compressed + HEADER_LENGTH) {
            return PROTO_ERROR;
        }
        int nextHeader = packet.u8(NEXT_HEADER);
        packet.replace(scratch, 0, inflated);
        return nextHeader;
    }

    private int inflate(PacketBuffer packet, int compressed) {
        scratch(MAX_LENGTH);
        Inflater inflater = inflater();
        try {
            inflater.reset();
            inflater.setInput(packet.array(), packet.start() + HEADER_LENGTH, compressed);
            int inflated = inflater.inflate(scratch, 0, MAX_LENGTH);
            if (!inflater.finished() && inflater.needsInput() && inflated < MAX_LENGTH) {
                // deflate_decompress() lends zlib one zero byte at the end, so a packet may lack that one.
                inflater.setInput(ZERO);
                inflated += inflater.inflate(scratch, inflated, MAX_LENGTH - inflated);
            }
            return inflater.finished() ? inflated : PROTO_ERROR;
        } catch (DataFormatException e) {
            return PROTO_ERROR;
        }
    }

    /** Gives back what zlib holds outside the heap, where no garbage collector sees how much it is. */
    @Override
    public void close() {
        if (shortDeflate != null) {
            shortDeflate.end();
            shortDeflate = null;
        }
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private Deflate deflate() {
        Deflate present = deflate == null ? new Deflate() : deflate;
        deflate = present;
        return present;
    }

    private ShortDeflate shortDeflate() {
        ShortDeflate present = shortDeflate == null ? new ShortDeflate() : shortDeflate;
        shortDeflate = present;
        return present;
    }

    private Inflater inflater() {
        Inflater present = inflater == null ? new Inflater(true) : inflater;
        inflater = present;
        return present;
    }

    private void scratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[length];
        }
    }
}
