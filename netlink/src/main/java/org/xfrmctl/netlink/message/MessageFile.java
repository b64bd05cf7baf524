package org.xfrmctl.netlink.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.uapi.Nlmsghdr;

/** Files of netlink messages, one after the other in this machine's byte order, as {@code rtnl_from_file()} reads them. */
public final class MessageFile {
    /** No kernel sends longer ones: a length above it is none. */
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private long offset;

    private MessageFile(InputStream in) {
        this.in = in;
    }

    /**
     * Hands on one message after the other.
     *
     * @throws MalformedMessageException if a length lies or the last message is cut off; all before it were handed on
     */
    public static void read(InputStream in, Consumer<NetlinkMessage> messages) throws IOException {
        MessageFile file = new MessageFile(in);
        byte[] header = in.readNBytes(NetlinkMessage.HEADER);
        while (header.length > 0) {
            messages.accept(file.message(header));
            header = in.readNBytes(NetlinkMessage.HEADER);
        }
    }

    private NetlinkMessage message(byte[] header) throws IOException {
        require(header.length == NetlinkMessage.HEADER, "ends after " + header.length + " bytes of a header");
        int length = Nlmsghdr.CODEC.read(wrap(header), 0).len();
        require(
                length >= NetlinkMessage.HEADER && length <= LONGEST,
                "nlmsg_len is " + Integer.toUnsignedString(length) + ", allowed are " + NetlinkMessage.HEADER + " to "
                        + LONGEST);
        byte[] bytes = Arrays.copyOf(header, length);
        int read = header.length + in.readNBytes(bytes, header.length, length - header.length);
        require(read == length, "ends after " + read + " of " + length + " bytes");
        // The last message may lack its padding.
        offset += length + in.readNBytes(Alignment.up(length) - length).length;
        return NetlinkMessage.at(wrap(bytes), 0);
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new MalformedMessageException(
                    "the file's message", (int) Math.min(offset, Integer.MAX_VALUE), problem);
        }
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}
