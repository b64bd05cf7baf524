package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.netlink.sys.ChannelPoll;
import org.xfrmctl.netlink.sys.PacketChannel;

/**
 * Waits for packets on all devices of a network and delivers them, on one thread, so that nothing in the network needs a
 * lock. It sleeps in the kernel while nothing comes and no device waits for a time.
 */
public final class DeviceLoop implements AutoCloseable {
    /** Packets that a device may have before the others have their turn. */
    private static final int BATCH = 64;

    /** A device and the descriptor that it is about. */
    public record Member(Device device, PacketChannel channel) {}

    private final Network network;
    private final List<Member> members;
    private final LongSupplier millis;
    private final ChannelPoll poll;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    /** Guarded by this. */
    private boolean closed;

    /**
     * Takes over the channels.
     *
     * @param millis a clock that never goes back
     */
    public DeviceLoop(Network network, List<Member> members, LongSupplier millis) {
        this.network = network;
        this.members = List.copyOf(members);
        this.millis = millis;
        this.poll = new ChannelPoll(members.stream().map(Member::channel).toList());
    }

    /**
     * Delivers until {@link #stop()} is called.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if a device is gone
     */
    public void run() {
        while (!stopped) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            turn(Device.NEVER);
        }
    }

    /** Waits for packets, at most so many milliseconds, and delivers those that came. */
    public void turn(int patience) {
        poll.await(patience(patience));
        for (int i = 0; i < members.size(); i++) {
            if (poll.isReady(i)) {
                drain(members.get(i));
            }
        }
        members.forEach(member -> member.device().runTimers());
        network.pump();
    }

    private int patience(int limit) {
        return members.stream()
                .mapToInt(member -> member.device().untilTimers())
                .filter(wanted -> wanted != Device.NEVER)
                .reduce(limit, (one, other) -> one == Device.NEVER ? other : Math.min(one, other));
    }

    private void drain(Member member) {
        for (int i = 0; i < BATCH; i++) {
            Optional<ByteBuffer> datagram = member.channel().receive();
            if (datagram.isEmpty()) {
                return;
            }
            member.device().arrive(datagram.get());
            network.pump();
        }
    }

    /** Whether there is more to come: turns until so many milliseconds from now. For the loop's own thread. */
    public BooleanSupplier patience(long limit) {
        long end = millis.getAsLong() + limit;
        return () -> {
            long left = end - millis.getAsLong();
            if (left > 0 && !stopped) {
                turn((int) left);
            }
            return left > 0 && !stopped;
        };
    }

    /** Has the thread of {@link #run()} do something, between packets; from any thread. */
    public <T> CompletableFuture<T> call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        wake();
        return result;
    }

    /** Ends {@link #run()}; from any thread. */
    public void stop() {
        stopped = true;
        wake();
    }

    private synchronized void wake() {
        if (!closed) {
            poll.wake();
        }
    }

    /** Closes the channels, when nobody runs this any more. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            poll.close();
            members.forEach(member -> member.channel().close());
        }
    }
}
