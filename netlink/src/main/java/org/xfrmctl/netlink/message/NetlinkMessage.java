package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Nlmsghdr;

/**
 * One message of a datagram. {@code bytes} is a view that starts at the header and ends at {@code nlmsg_len}; it lives as
 * long as the datagram's buffer keeps its content.
 */
public record NetlinkMessage(Nlmsghdr header, ByteBuffer bytes) {
    /** The size of {@code struct nlmsghdr}: where the body begins. */
    public static final int HEADER = 16;

    /**
     * Cuts a datagram into its messages. The last one may lack its padding; a message that claims more than there is
     * makes the whole datagram malformed.
     */
    public static List<NetlinkMessage> split(ByteBuffer datagram) {
        List<NetlinkMessage> messages = new ArrayList<>();
        int offset = datagram.position();
        while (offset < datagram.limit()) {
            NetlinkMessage message = at(datagram, offset);
            messages.add(message);
            offset += Alignment.up(message.bytes.limit());
        }
        return messages;
    }

    /**
     * The message that begins at {@code offset}.
     *
     * @throws MalformedMessageException if it claims more than there is
     */
    static NetlinkMessage at(ByteBuffer datagram, int offset) {
        int have = datagram.limit() - offset;
        Nlmsghdr header = Nlmsghdr.CODEC.read(datagram, offset);
        if (header.len() < HEADER || header.len() > have) {
            throw new MalformedMessageException(
                    "nlmsghdr", 0, "nlmsg_len is " + Integer.toUnsignedString(header.len()) + " of " + have + " bytes");
        }
        return new NetlinkMessage(header, datagram.slice(offset, header.len()).order(datagram.order()));
    }

    public int type() {
        return Short.toUnsignedInt(header.type());
    }

    public int flags() {
        return Short.toUnsignedInt(header.flags());
    }

    public boolean has(int flag) {
        return (flags() & flag) != 0;
    }

    public int sequence() {
        return header.seq();
    }

    /** How many bytes follow the header. */
    public int bodyLength() {
        return bytes.limit() - HEADER;
    }

    /** The struct that the body begins with. */
    public <T extends Record> T body(StructCodec<T> codec) {
        return codec.read(bytes, HEADER);
    }

    /**
     * The attributes behind a fixed part of {@code size} bytes.
     *
     * @throws MalformedMessageException if the body is shorter, or does not end where an attribute ends
     */
    public Attributes attributes(int size) {
        return Attributes.parse(bytes, attributesAt(size));
    }

    /** As {@link #attributes}, but takes the attributes before a broken one, as the kernel does with requests. */
    public Attributes attributesUpToFault(int size) {
        return Attributes.parseUpToFault(bytes, attributesAt(size));
    }

    private int attributesAt(int size) {
        if (bodyLength() < size) {
            throw new MalformedMessageException(
                    "message type " + type(), HEADER, "needs " + size + " bytes, has " + bodyLength());
        }
        return HEADER + Alignment.up(size);
    }

    /** Whether this is one of {@code NLMSG_*} and not of the protocol's own types. */
    public boolean isControl() {
        return type() < Netlink.NLMSG_MIN_TYPE;
    }

    @Override
    public String toString() {
        return "message type " + type() + " flags 0x" + Integer.toHexString(flags()) + " seq "
                + Integer.toUnsignedString(sequence()) + ", " + bytes.limit() + " bytes";
    }
}
