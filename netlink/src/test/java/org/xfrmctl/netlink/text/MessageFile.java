package org.xfrmctl.netlink.text;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * A file of messages for {@code ip}. It reads each into one and the same buffer, and sometimes beyond its end; so that
 * zeros stand there and not what a longer message left behind, each is followed by one of the same length that has no
 * text and nothing but zeros.
 */
final class MessageFile implements AutoCloseable {
    /** How large the buffer of {@code ip} is. */
    static final int BUFFER = 16_384;

    private final OutputStream out;

    MessageFile(Path path) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(path));
        wipe(BUFFER);
    }

    void write(NetlinkMessage message) throws IOException {
        int length = message.bytes().limit();
        byte[] bytes = new byte[length + 3 & ~3];
        message.bytes().get(0, bytes, 0, length);
        out.write(bytes);
        wipe(bytes.length);
    }

    private void wipe(int length) throws IOException {
        ByteBuffer nothing = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        out.write(nothing.putInt(0, length)
                .putShort(4, (short) Netlink.NLMSG_NOOP)
                .array());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
