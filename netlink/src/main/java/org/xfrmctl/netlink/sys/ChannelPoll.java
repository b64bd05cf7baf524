package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.List;

/** Waits for packets on several channels at once: poll(2) on them and on an eventfd(2), by which another thread may wake. */
public final class ChannelPoll implements AutoCloseable {
    private static final int POLLFD = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final LibC libc = LibC.get();
    private final FileDescriptor event;
    private final int count;
    /** A {@code struct pollfd} for each channel, then that of the event; for the waiting thread only. */
    private final ByteBuffer polled;

    /** The channels stay the caller's; they must be open while this waits. */
    public ChannelPoll(List<PacketChannel> channels) {
        count = channels.size();
        polled = ByteBuffer.allocateDirect((count + 1) * POLLFD).order(nativeOrder());
        for (int i = 0; i < count; i++) {
            watch(i, channels.get(i).descriptor());
        }
        // Last, for nobody closes it if this constructor fails.
        event = new FileDescriptor("eventfd", libc.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK));
        watch(count, event.number());
    }

    private void watch(int place, int descriptor) {
        polled.putInt(place * POLLFD, descriptor).putShort(place * POLLFD + EVENTS, LibC.POLLIN);
    }

    /** Returns when a channel has something, when woken, or after that many milliseconds; -1 is as long as it takes. */
    public void await(int millis) {
        int ready = libc.poll(polled, count + 1, millis);
        if (!FileDescriptor.wasInterrupted(ready)) {
            FileDescriptor.check("poll", ready);
        }
        if (ready > 0 && polled.getShort(count * POLLFD + REVENTS) != 0) {
            libc.read(event.number(), ByteBuffer.allocateDirect(Long.BYTES), Long.BYTES);
        }
    }

    /** Whether the channel at {@code place} of the list had something, or is gone, when {@link #await} returned. */
    public boolean isReady(int place) {
        return polled.getShort(place * POLLFD + REVENTS) != 0;
    }

    /** Ends the wait that is or the next one; from any thread. */
    public void wake() {
        ByteBuffer one =
                ByteBuffer.allocateDirect(Long.BYTES).order(nativeOrder()).putLong(0, 1);
        FileDescriptor.check("write to eventfd", libc.write(event.number(), one, Long.BYTES));
    }

    @Override
    public void close() {
        event.close();
    }
}
