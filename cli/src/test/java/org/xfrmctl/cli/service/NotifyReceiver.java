package org.xfrmctl.cli.service;

import static java.nio.ByteOrder.nativeOrder;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.xfrmctl.netlink.sys.LibC;

/** The other end of sd_notify(3), as systemd has it: a datagram socket by a path or, with {@code @}, an abstract name. */
public final class NotifyReceiver implements AutoCloseable {
    private static final int FAMILY = 2;

    private final LibC libc = LibC.get();
    private final int socket = libc.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM, 0);

    /** Taken as they come, as systemd does: the socket's own queue is short. */
    private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();

    private final Thread receiver = new Thread(this::receive, "notices");

    public NotifyReceiver(String name) {
        this(name, true);
    }

    private NotifyReceiver(String name, boolean begun) {
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
        receiver.setDaemon(true);
        if (begun) {
            receiver.start();
        }
    }

    /** One that takes nothing until {@link #begin}. */
    static NotifyReceiver late(String name) {
        return new NotifyReceiver(name, false);
    }

    void begin() {
        receiver.start();
    }

    /** Until the socket is shut down. */
    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        int length = (int) libc.recv(socket, buffer, buffer.capacity(), 0);
        while (length > 0) {
            notices.add(UTF_8.decode(buffer.slice(0, length)).toString());
            length = (int) libc.recv(socket, buffer, buffer.capacity(), 0);
        }
    }

    /** The next notice; waits for it. */
    public String next() {
        try {
            return notices.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for a notice", e);
        }
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
        libc.shutdown(socket, LibC.SHUT_RDWR);
        try {
            receiver.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        libc.close(socket);
    }
}
