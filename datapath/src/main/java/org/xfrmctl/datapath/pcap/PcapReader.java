package org.xfrmctl.datapath.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.xfrmctl.model.Bytes;

/**
 * Reads the IP packets of a capture, one at a time: raw IP, Ethernet (VLAN tags included) and Linux cooked captures, in
 * both byte orders, with micro- or nanoseconds. Frames that carry no IP are passed over.
 */
public final class PcapReader implements Closeable {
    /** More than any link carries: a larger length means a damaged file, and must not become an allocation. */
    private static final int MAX_FRAME = 0x100000;

    /** The upper bits of the link type field hold other things. */
    private static final int LINK_TYPE_MASK = 0xffff;

    private final InputStream in;
    private final ByteOrder order;
    private final int nanosecondsPerUnit;
    private final LinkType linkType;
    private long offset;

    /**
     * Reads the file header.
     *
     * @throws PcapFormatException if this is no classic pcap or has another link type
     */
    public PcapReader(InputStream in) throws IOException {
        this.in = in;
        ByteBuffer header = ByteBuffer.wrap(read(PcapWriter.FILE_HEADER));
        if (header.remaining() < PcapWriter.FILE_HEADER) {
            throw new PcapFormatException("no pcap file header", offset);
        }
        int magic = header.getInt(0);
        boolean little = isMagic(Integer.reverseBytes(magic));
        if (!little && !isMagic(magic)) {
            throw new PcapFormatException("no pcap magic number", 0);
        }
        order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        header.order(order);
        nanosecondsPerUnit = header.getInt(0) == PcapWriter.MAGIC_NANOSECONDS ? 1 : 1000;
        int link = header.getInt(20) & LINK_TYPE_MASK;
        linkType = LinkType.of(link).orElseThrow(() -> new PcapFormatException("link type " + link, 20));
    }

    /**
     * The next IP packet; empty at the end.
     *
     * @throws PcapFormatException if the file ends within a packet or a length is impossible
     */
    public Optional<CapturedPacket> read() throws IOException {
        while (true) {
            byte[] bytes = read(PcapWriter.PACKET_HEADER);
            if (bytes.length == 0) {
                return Optional.empty();
            }
            if (bytes.length < PcapWriter.PACKET_HEADER) {
                throw new PcapFormatException("packet header cut short", offset);
            }
            ByteBuffer header = ByteBuffer.wrap(bytes).order(order);
            byte[] frame = frame(header.getInt(8));
            int ip = linkType.ipOffset(frame);
            if (ip >= 0) {
                Instant time = Instant.ofEpochSecond(
                        Integer.toUnsignedLong(header.getInt(0)),
                        Integer.toUnsignedLong(header.getInt(4)) * nanosecondsPerUnit);
                return Optional.of(new CapturedPacket(time, Bytes.of(Arrays.copyOfRange(frame, ip, frame.length))));
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] frame(int length) throws IOException {
        if (length < 0 || length > MAX_FRAME) {
            throw new PcapFormatException("frame of " + Integer.toUnsignedString(length) + " bytes", offset);
        }
        byte[] frame = read(length);
        if (frame.length < length) {
            throw new PcapFormatException("frame cut short", offset);
        }
        return frame;
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        offset += bytes.length;
        return bytes;
    }

    private static boolean isMagic(int value) {
        return value == PcapWriter.MAGIC_MICROSECONDS || value == PcapWriter.MAGIC_NANOSECONDS;
    }
}
