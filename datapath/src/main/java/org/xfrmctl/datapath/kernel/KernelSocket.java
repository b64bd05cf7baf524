package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;

/**
 * A client's end: a queue that the kernel fills while it handles a datagram, of this client's or another's. Unlike other
 * transports, one thread may send while another one receives.
 */
public final class KernelSocket implements NetlinkTransport {
    /** The size of a receive buffer that nobody chose. */
    static final int RECEIVE_BUFFER = 1 << 20;
    /** The least that a socket may choose, as the kernel counts ({@code SOCK_MIN_RCVBUF}). */
    private static final int SMALLEST_BUFFER = 2304;
    /** What a queued datagram takes beside its bytes ({@code SKB_TRUESIZE}, x86-64). */
    static final int OVERHEAD = 576;

    /**
     * One datagram, and what it takes of the receive buffer. Once the last one with data of a dump has been taken,
     * another dump may start.
     */
    private record Delivery(ByteBuffer datagram, int charge, boolean endsDump) {}

    private final UserspaceKernel kernel;
    private volatile int portId;
    private final int limit;

    /** Guards all members below. Taken after the namespace's lock where both are. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Queue<Delivery> queue = new ArrayDeque<>();
    private final BitSet groups = new BitSet();
    private int charged;
    private boolean dumping;
    /** Answers and events are lost from the first that did not fit until the queue is empty. */
    private boolean congested;

    private boolean overrunUnreported;
    private boolean closed;

    /** {@code queueSize} is the receive buffer that the socket asks for; it gets twice that ({@code SO_RCVBUF}). */
    KernelSocket(UserspaceKernel kernel, int portId, int queueSize) {
        this.kernel = kernel;
        this.portId = portId;
        this.limit = (int) Math.min(Integer.MAX_VALUE, Math.max(SMALLEST_BUFFER, 2L * queueSize));
    }

    @Override
    public int portId() {
        return portId;
    }

    /**
     * Takes another port id, as {@code bind} with one does.
     *
     * @throws NetlinkException EADDRINUSE if another socket has it
     */
    public void bind(int port) {
        kernel.bind(this, port);
    }

    /** To be called by the kernel, which sees to it that no other socket has it. */
    void portId(int port) {
        portId = port;
    }

    @Override
    public void send(ByteBuffer datagram) {
        lock.lock();
        try {
            requireOpen();
        } finally {
            lock.unlock();
        }
        kernel.handle(this, datagram.slice().order(datagram.order()));
        datagram.position(datagram.limit());
    }

    @Override
    public ByteBuffer receive() {
        lock.lock();
        try {
            while (queue.isEmpty() && !overrunUnreported) {
                requireOpen();
                changed.awaitUninterruptibly();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        lock.lock();
        try {
            return queue.isEmpty() && !overrunUnreported && !closed ? Optional.empty() : Optional.of(next());
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer next() {
        requireOpen();
        if (overrunUnreported) {
            overrunUnreported = false;
            throw new NetlinkException(Errno.ENOBUFS.number(), "recvmsg");
        }
        return take();
    }

    @Override
    public OptionalInt sender() {
        return OptionalInt.empty();
    }

    /** There are no other namespaces: every userspace kernel stands alone. */
    @Override
    public void listenToAllNamespaces() {}

    private ByteBuffer take() {
        Delivery delivery = queue.remove();
        charged -= delivery.charge();
        if (queue.isEmpty()) {
            congested = false;
        }
        if (delivery.endsDump()) {
            dumping = false;
        }
        return delivery.datagram();
    }

    private void requireOpen() {
        if (closed) {
            throw new TransportClosedException();
        }
    }

    @Override
    public void join(int group) {
        lock.lock();
        try {
            requireOpen();
            groups.set(group);
        } finally {
            lock.unlock();
        }
    }

    /** Leaves a multicast group again. */
    public void leave(int group) {
        lock.lock();
        try {
            requireOpen();
            groups.clear(group);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        kernel.forget(this);
    }

    boolean isIn(int group) {
        lock.lock();
        try {
            return groups.get(group);
        } finally {
            lock.unlock();
        }
    }

    /** Queues an answer, which is lost like an event if the client does not make room. */
    void reply(ByteBuffer datagram) {
        lock.lock();
        try {
            enqueueIfRoom(datagram);
        } finally {
            lock.unlock();
        }
    }

    /** Queues a part of a dump. The kernel makes the next one when the last was taken, so it takes no room here. */
    void replyOfDump(ByteBuffer datagram) {
        enqueue(new Delivery(datagram, 0, false));
    }

    /** Queues the last objects of a dump; what ends it comes by itself behind them ({@code netlink_dump_done()}). */
    void replyLastOfDump(ByteBuffer datagram) {
        enqueue(new Delivery(datagram, 0, true));
    }

    /** Notes that a dump begins; false if the one before was not read to its end. */
    boolean startDump() {
        lock.lock();
        try {
            boolean free = !dumping;
            dumping = true;
            return free;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a dump had nothing to tell. */
    void endDump() {
        lock.lock();
        try {
            dumping = false;
        } finally {
            lock.unlock();
        }
    }

    /** Queues an event if this socket is in the group; returns whether it got it. */
    boolean announce(int group, ByteBuffer datagram) {
        lock.lock();
        try {
            return groups.get(group) && enqueueIfRoom(datagram);
        } finally {
            lock.unlock();
        }
    }

    /** The last one may go beyond the limit ({@code netlink_broadcast_deliver()}); the first that is lost is told of. */
    private boolean enqueueIfRoom(ByteBuffer datagram) {
        if (closed) {
            return false;
        }
        if (charged > limit || congested) {
            overrunUnreported |= !congested;
            congested = true;
            changed.signalAll();
            return false;
        }
        int charge = datagram.remaining() + OVERHEAD;
        charged += charge;
        enqueue(new Delivery(datagram, charge, false));
        return true;
    }

    private void enqueue(Delivery delivery) {
        lock.lock();
        try {
            if (!closed) {
                queue.add(delivery);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
