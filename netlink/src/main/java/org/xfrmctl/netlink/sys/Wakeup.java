package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;

/** Waits until a descriptor is readable, or until another thread says stop: poll(2) on it and on an eventfd(2). */
final class Wakeup implements AutoCloseable {
    private static final int POLLFD = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final LibC libc = LibC.get();
    private final FileDescriptor event =
            new FileDescriptor("eventfd", libc.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK));
    /** Two {@code struct pollfd}; for the waiting thread only. */
    private final ByteBuffer polled;

    Wakeup(int fd) {
        polled = ByteBuffer.allocateDirect(2 * POLLFD).order(nativeOrder());
        polled.putInt(0, fd).putShort(EVENTS, LibC.POLLIN);
        polled.putInt(POLLFD, event.number()).putShort(POLLFD + EVENTS, LibC.POLLIN);
    }

    /** Returns whether to read on: false once {@link #stop()} was called. */
    boolean await() {
        int ready = libc.poll(polled, 2, -1);
        while (FileDescriptor.wasInterrupted(ready)) {
            ready = libc.poll(polled, 2, -1);
        }
        FileDescriptor.check("poll", ready);
        return polled.getShort(POLLFD + REVENTS) == 0;
    }

    /** Ends the wait of the other thread, now and for ever. */
    void stop() {
        ByteBuffer one =
                ByteBuffer.allocateDirect(Long.BYTES).order(nativeOrder()).putLong(0, 1);
        FileDescriptor.check("write to eventfd", libc.write(event.number(), one, Long.BYTES));
    }

    @Override
    public void close() {
        event.close();
    }
}
