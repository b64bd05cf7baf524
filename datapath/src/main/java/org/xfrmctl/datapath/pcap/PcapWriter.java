package org.xfrmctl.datapath.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.xfrmctl.datapath.PacketBuffer;

/** Writes IP packets with nanosecond time stamps and no link header (LINKTYPE_RAW); every common tool reads that. */
public final class PcapWriter implements Closeable {
    static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    static final int FILE_HEADER = 24;
    static final int PACKET_HEADER = 16;

    private static final short VERSION_MAJOR = 2;
    private static final short VERSION_MINOR = 4;
    private static final int SNAPSHOT_LENGTH = 0x40000;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(PACKET_HEADER).order(ByteOrder.LITTLE_ENDIAN);

    /** Writes the file header at once. Buffering and flushing are the caller's choice. */
    public PcapWriter(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer fileHeader = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        fileHeader.putInt(MAGIC_NANOSECONDS).putShort(VERSION_MAJOR).putShort(VERSION_MINOR);
        fileHeader.putLong(0).putInt(SNAPSHOT_LENGTH).putInt(LinkType.RAW.number());
        out.write(fileHeader.array());
    }

    /** Appends a packet; seconds are 32 bits wide and last until 2106. */
    public void write(Instant time, PacketBuffer packet) throws IOException {
        header.clear();
        header.putInt((int) time.getEpochSecond()).putInt(time.getNano());
        header.putInt(packet.length()).putInt(packet.length());
        out.write(header.array());
        out.write(packet.array(), packet.start(), packet.length());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
