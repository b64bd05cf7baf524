package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

/** An Ethernet address, in the lower 48 bits. */
record MacAddress(long bits) {
    static final int LENGTH = 6;
    static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final long GROUP = 0x0100_0000_0000L;
    private static final long LOCAL = 0x0200_0000_0000L;

    static MacAddress of(Bytes bytes) {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException(bytes + " is no Ethernet address: it has six bytes");
        }
        return read(ByteBuffer.wrap(bytes.toArray()), 0);
    }

    /** The address that stands at {@code offset}; the buffer is in network order. */
    static MacAddress read(ByteBuffer buffer, int offset) {
        return new MacAddress((buffer.getShort(offset) & 0xffffL) << 32 | (buffer.getInt(offset + 2) & 0xffff_ffffL));
    }

    void write(ByteBuffer buffer, int offset) {
        buffer.putShort(offset, (short) (bits >>> 32)).putInt(offset + 2, (int) bits);
    }

    /** Whether one station only may have it. */
    boolean isUnicast() {
        return (bits & GROUP) == 0 && bits != 0;
    }

    /** The group for an IPv6 group address (RFC 2464, section 7). */
    static MacAddress group(IpAddress group) {
        return new MacAddress(0x3333_0000_0000L | (group.word3() & 0xffff_ffffL));
    }

    /** The link-local address that a station with this address has (RFC 4291, appendix A). */
    IpAddress linkLocal() {
        long identifier = bits ^ LOCAL;
        int high = ((int) (identifier >>> 16) & 0xffff_ff00) | 0xff;
        int low = 0xfe00_0000 | ((int) identifier & 0xff_ffff);
        ByteBuffer address = ByteBuffer.allocate(16);
        address.putInt(0xfe80_0000).putInt(0).putInt(high).putInt(low);
        return IpAddress.of(address.array());
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":")
                .formatHex(ByteBuffer.allocate(8).putLong(bits).array(), 2, 8);
    }
}
