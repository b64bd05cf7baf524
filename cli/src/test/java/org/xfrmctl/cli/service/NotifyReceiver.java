package org.xfrmctl.cli.service;

import static java.nio.ByteOrder.nativeOrder;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.xfrmctl.netlink.sys.LibC;

/** The other end of sd_notify(3), as systemd has it: a datagram socket by a path or, with {@code @}, an abstract name. */
public final class NotifyReceiver implements AutoCloseable {
    private static final int FAMILY = 2;

    private final LibC libc = LibC.get();
    private final int socket = libc.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM, 0);

    public NotifyReceiver(String name) {
        byte[] bytes = name.getBytes(UTF_8);
        boolean isAbstract = name.startsWith("@");
        if (isAbstract) {
            bytes[0] = 0;
        }
        ByteBuffer address = ByteBuffer.allocateDirect(FAMILY + bytes.length + (isAbstract ? 0 : 1))
                .order(nativeOrder())
                .putShort(0, (short) LibC.AF_UNIX)
                .put(FAMILY, bytes);
        if (socket < 0 || libc.bind(socket, address, address.capacity()) < 0) {
            throw new IllegalStateException("no socket at " + name + ": errno " + LibC.errno());
        }
    }

    /** The next notice; waits for it. */
    public String next() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        int length = (int) libc.recv(socket, buffer, buffer.capacity(), 0);
        if (length < 0) {
            throw new IllegalStateException("errno " + LibC.errno());
        }
        return UTF_8.decode(buffer.limit(length)).toString();
    }

    /** The next that begins so; others are passed over. */
    public String next(String beginning) {
        String notice = next();
        while (!notice.startsWith(beginning)) {
            notice = next();
        }
        return notice;
    }

    @Override
    public void close() {
        libc.close(socket);
    }
}
