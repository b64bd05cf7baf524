package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.netlink.NetlinkException;
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
    private final DroppedPackets dropped;
    /** What {@link #millis} said when the network's time was 0. */
    private final long start;

    private volatile boolean stopped;
    /** The device that is gone; for the loop's own thread. */
    private @Nullable NetlinkException gone;

    /** Guarded by this. */
    private final Queue<Task<?>> tasks = new ArrayDeque<>();
    /** Whether nobody will do a task any more. Guarded by this. */
    private boolean ended;
    /** Guarded by this. */
    private boolean closed;

    private record Task<T>(Supplier<T> work, CompletableFuture<T> result) {
        void run() {
            try {
                result.complete(work.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            } catch (Error e) {
                result.completeExceptionally(e);
                throw e;
            }
        }

        void refuse() {
            result.completeExceptionally(
                    new IllegalStateException("the daemon has stopped moving packets: start it again"));
        }
    }

    /**
     * Takes over the channels.
     *
     * @param millis a clock that never goes back
     * @param report takes a line now and then about packets that were dropped because they broke something
     */
    public DeviceLoop(Network network, List<Member> members, LongSupplier millis, Consumer<String> report) {
        this.network = network;
        this.members = List.copyOf(members);
        this.millis = millis;
        this.dropped = new DroppedPackets(millis, report);
        this.start = millis.getAsLong() - network.timetable().now();
        this.poll = new ChannelPoll(members.stream().map(Member::channel).toList());
    }

    /**
     * Delivers until {@link #stop()} is called.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if a device is gone
     */
    public void run() {
        try {
            while (!stopped) {
                for (Task<?> task = nextTask(); task != null; task = nextTask()) {
                    task.run();
                    requireDevices();
                }
                turn(Device.NEVER);
            }
        } finally {
            end();
        }
    }

    private synchronized @Nullable Task<?> nextTask() {
        return tasks.poll();
    }

    private synchronized void end() {
        ended = true;
        tasks.forEach(Task::refuse);
        tasks.clear();
    }

    /** A device may go while a task moves packets, too, and what the task makes of that is its own affair. */
    private void requireDevices() {
        if (gone != null) {
            throw gone;
        }
    }

    /** Waits for packets, at most so many milliseconds, and delivers those that came. */
    public void turn(int patience) {
        poll.await(patience(patience));
        survive(this::passTime);
        for (int i = 0; i < members.size(); i++) {
            if (poll.isReady(i)) {
                drain(members.get(i));
            }
        }
        members.forEach(member -> survive(member.device()::runTimers));
        survive(network::pump);
    }

    /** The network's own time goes on as that of the world does: TCP waits for it. */
    private void passTime() {
        network.pass(now() - network.timetable().now(), () -> false);
    }

    /** Of the network. */
    private long now() {
        return millis.getAsLong() - start;
    }

    /** Whatever a packet breaks, it is the only one that is lost; but without its devices the loop has no use. */
    private void survive(Runnable step) {
        try {
            step.run();
        } catch (NetlinkException e) {
            gone = e;
            throw e;
        } catch (RuntimeException e) {
            dropped.note(e);
        }
    }

    private int patience(int limit) {
        OptionalLong alarm = network.timetable().next();
        int untilAlarm = alarm.isEmpty()
                ? Device.NEVER
                : (int) Math.min(Integer.MAX_VALUE, Math.max(0, alarm.getAsLong() - now()));
        return IntStream.concat(
                        IntStream.of(untilAlarm),
                        members.stream().mapToInt(member -> member.device().untilTimers()))
                .filter(wanted -> wanted != Device.NEVER)
                .reduce(limit, (one, other) -> one == Device.NEVER ? other : Math.min(one, other));
    }

    private void drain(Member member) {
        for (int i = 0; i < BATCH; i++) {
            Optional<ByteBuffer> datagram = receive(member);
            if (datagram.isEmpty()) {
                return;
            }
            survive(() -> {
                member.device().arrive(datagram.get());
                network.pump();
            });
        }
    }

    private Optional<ByteBuffer> receive(Member member) {
        try {
            return member.channel().receive();
        } catch (NetlinkException e) {
            gone = e;
            throw e;
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

    /**
     * Has the thread of {@link #run()} do something, between packets; from any thread. What comes when that has ended is
     * refused.
     */
    public <T> CompletableFuture<T> call(Supplier<T> work) {
        Task<T> task = new Task<>(work, new CompletableFuture<>());
        add(task);
        return task.result();
    }

    private synchronized void add(Task<?> task) {
        if (ended) {
            task.refuse();
        } else {
            tasks.add(task);
            wake();
        }
    }

    /** Packets that were dropped because they broke something; from the thread of {@link #run()}. */
    public long dropped() {
        return dropped.count();
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
            end();
            poll.close();
            members.forEach(member -> member.channel().close());
        }
    }
}
