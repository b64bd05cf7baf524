package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/** Sockets in the hosts' namespaces: one thread sends a datagram of each flow every few milliseconds and reads what has come. */
final class StreamedTraffic implements Traffic {
    private static final Duration INTERVAL = Duration.ofMillis(8);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** So many rounds let a packet of every flow be sent, and arrive if it may. */
    private static final int SOME = 3;

    /** Both ends of a flow, and the numbers that arrived, guarded by the traffic. */
    private record Ends(Flow flow, DatagramChannel sender, DatagramChannel receiver, BitSet arrived) {}

    private final List<Ends> flows;
    /** The number of the next datagrams; guarded by this. */
    private int next;

    private final Thread thread = new Thread(this::stream, "traffic");
    private volatile boolean over;

    private StreamedTraffic(List<Ends> flows) {
        this.flows = flows;
        thread.setDaemon(true);
    }

    static StreamedTraffic start(NamespaceLaboratory laboratory) {
        Map<String, DatagramChannel> sockets = new LinkedHashMap<>();
        Flow.ALL.forEach(flow -> sockets.put(flow.from(), bound(laboratory.namespaceOf(flow.from()), flow)));
        List<Ends> ends = new ArrayList<>();
        Flow.ALL.forEach(flow ->
                ends.add(new Ends(flow, socket(sockets, flow.from()), socket(sockets, flow.to()), new BitSet())));
        StreamedTraffic traffic = new StreamedTraffic(List.copyOf(ends));
        traffic.thread.start();
        return traffic;
    }

    private static DatagramChannel socket(Map<String, DatagramChannel> sockets, String host) {
        DatagramChannel socket = sockets.get(host);
        if (socket == null) {
            throw new IllegalArgumentException("no flow starts at " + host);
        }
        return socket;
    }

    /** A socket stays in the namespace in which it was opened. */
    private static DatagramChannel bound(String namespace, Flow flow) {
        return NetworkNamespace.named(namespace).call(() -> {
            try {
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                channel.bind(address(flow.source().toString(), flow.port()));
                channel.configureBlocking(false);
                return channel;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static InetSocketAddress address(String address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    private void stream() {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        while (!over) {
            round(buffer);
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
        // What was sent last has had an interval to arrive.
        flows.forEach(ends -> receive(ends, buffer));
    }

    private synchronized void round(ByteBuffer buffer) {
        flows.forEach(ends -> send(ends, next));
        next++;
        flows.forEach(ends -> receive(ends, buffer));
    }

    @Override
    public synchronized void quietly(Runnable step) {
        step.run();
    }

    private static void send(Ends ends, int number) {
        try {
            ends.sender()
                    .send(
                            ByteBuffer.wrap(Flow.payload(number)),
                            address(
                                    ends.flow().destination().toString(),
                                    ends.flow().port()));
        } catch (IOException blocked) {
            // EPERM of a block policy, EAGAIN of one without its state: it shows by its not arriving.
            return;
        }
    }

    private static void receive(Ends ends, ByteBuffer buffer) {
        try {
            while (ends.receiver().receive(buffer.clear()) != null) {
                byte[] payload = new byte[buffer.flip().remaining()];
                buffer.get(payload);
                ends.arrived().set(Flow.number(payload));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void around(Runnable step) {
        step.run();
    }

    @Override
    public void run() {
        int until = next() + SOME;
        await(() -> next() >= until);
    }

    @Override
    public boolean passes() {
        // The round that is going on may have sent some of them before this.
        int from = next() + 1;
        return await(() -> tallies(from).values().stream().allMatch(tally -> tally.received() > 0));
    }

    @Override
    public synchronized int next() {
        return next;
    }

    private static boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
        return true;
    }

    @Override
    public synchronized Map<Flow, Tally> tallies(int from) {
        Map<Flow, Tally> tallies = new LinkedHashMap<>();
        flows.forEach(ends -> tallies.put(ends.flow(), Tally.of(ends.arrived(), from, Math.max(from, next))));
        return tallies;
    }

    /** On one machine what was sent is there, or lost, before the thread has ended: softirqs take it all the way. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
            for (Ends ends : flows) {
                ends.sender().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
