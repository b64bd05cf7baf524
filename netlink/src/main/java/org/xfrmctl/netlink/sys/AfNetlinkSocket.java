package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;

/** A netlink socket of the kernel that this process runs on, with extended acks on. */
public final class AfNetlinkSocket implements NetlinkTransport {
    /** Room for a burst of events. Without privilege the kernel cuts it to {@code net.core.rmem_max}. */
    public static final int QUEUE_SIZE = 4 * 1024 * 1024;

    private static final int SOCKADDR_NL = 12;
    /** Where {@code struct sockaddr_nl} has the port id. */
    private static final int NL_PID = 4;
    /** Larger than the 32 KiB that a kernel puts into one datagram of a dump. */
    private static final int RECEIVE_SIZE = 128 * 1024;

    private final LibC libc = LibC.get();
    private final FileDescriptor socket;
    private final Wakeup wakeup;
    private final int portId;

    /** Held while a call uses the descriptors or the buffers below, so that close() frees neither under it. */
    private final ReentrantLock use = new ReentrantLock();

    private final ReceivedMessage received = new ReceivedMessage(RECEIVE_SIZE);
    private final ByteBuffer kernel = address();
    private ByteBuffer outgoing = ByteBuffer.allocateDirect(4096);
    private OptionalInt sender = OptionalInt.empty();
    private volatile boolean closed;

    private AfNetlinkSocket(NetlinkProtocol protocol, int queueSize) {
        int type = LibC.SOCK_RAW | LibC.SOCK_CLOEXEC;
        socket = new FileDescriptor("open a netlink socket", libc.socket(LibC.AF_NETLINK, type, protocol.number()));
        try {
            setOption(LibC.SOL_NETLINK, LibC.NETLINK_EXT_ACK, 1);
            // Since Linux 4.20: dump requests are checked as strictly as others. Older kernels do without.
            trySetOption(LibC.SOL_NETLINK, LibC.NETLINK_GET_STRICT_CHK, 1);
            if (trySetOption(LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, queueSize) < 0) {
                setOption(LibC.SOL_SOCKET, LibC.SO_RCVBUF, queueSize);
            }
            FileDescriptor.check("bind", libc.bind(socket.number(), address(), SOCKADDR_NL));
            portId = boundPort();
            wakeup = new Wakeup(socket.number());
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Opens a socket in this thread's network namespace. */
    public static AfNetlinkSocket open(NetlinkProtocol protocol) {
        return open(protocol, QUEUE_SIZE);
    }

    /** Opens a socket whose queue takes {@code queueSize} bytes of events, as the kernel counts them, before it loses some. */
    public static AfNetlinkSocket open(NetlinkProtocol protocol, int queueSize) {
        return new AfNetlinkSocket(protocol, queueSize);
    }

    /** Opens a socket in another network namespace. */
    public static AfNetlinkSocket open(NetlinkProtocol protocol, NetworkNamespace namespace) {
        return namespace.call(() -> open(protocol));
    }

    @Override
    public int portId() {
        return portId;
    }

    @Override
    public void send(ByteBuffer datagram) {
        begin();
        try {
            ByteBuffer data = outgoing(datagram);
            int size = datagram.remaining();
            long sent = libc.sendto(socket.number(), data, size, 0, kernel, SOCKADDR_NL);
            while (FileDescriptor.wasInterrupted(sent)) {
                sent = libc.sendto(socket.number(), data, size, 0, kernel, SOCKADDR_NL);
            }
            int errno = sent < 0 ? LibC.errno() : 0;
            Wiping.zero(data, size);
            if (errno != 0) {
                throw new NetlinkException(errno, "sendmsg on a netlink socket");
            }
        } finally {
            use.unlock();
        }
    }

    /** The kernel answers before sendmsg returns, so the answer is asked for first and waited for only if there is none. */
    @Override
    public ByteBuffer receive() {
        begin();
        try {
            do {
                Optional<ByteBuffer> datagram = take();
                if (datagram.isPresent()) {
                    return datagram.get();
                }
            } while (wakeup.await());
            throw new TransportClosedException();
        } finally {
            use.unlock();
        }
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        begin();
        try {
            return take();
        } finally {
            use.unlock();
        }
    }

    @Override
    public OptionalInt sender() {
        return sender;
    }

    /** The next datagram from the kernel, if there is one; others are dropped. */
    private Optional<ByteBuffer> take() {
        while (true) {
            long length = libc.recvmsg(socket.number(), received.header(), LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
            if (length < 0) {
                int errno = LibC.errno();
                if (errno == Errno.EAGAIN.number()) {
                    return Optional.empty();
                }
                if (errno != Errno.EINTR.number()) {
                    throw new NetlinkException(errno, "recvmsg on a netlink socket");
                }
            } else if (received.isFromKernel()) {
                if (length > received.capacity()) {
                    throw new NetlinkException(
                            Errno.EMSGSIZE.number(), "a netlink datagram of " + length + " bytes was cut");
                }
                sender = received.namespace();
                return Optional.of(received.datagram((int) length));
            }
        }
    }

    @Override
    public void join(int group) {
        begin();
        try {
            setOption(LibC.SOL_NETLINK, LibC.NETLINK_ADD_MEMBERSHIP, group);
        } finally {
            use.unlock();
        }
    }

    @Override
    public void listenToAllNamespaces() {
        begin();
        try {
            setOption(LibC.SOL_NETLINK, LibC.NETLINK_LISTEN_ALL_NSID, 1);
        } finally {
            use.unlock();
        }
    }

    @Override
    public void close() {
        synchronized (wakeup) {
            if (closed) {
                return;
            }
            closed = true;
            wakeup.stop();
        }
        use.lock();
        try {
            socket.close();
            wakeup.close();
            received.wipe();
        } finally {
            use.unlock();
        }
    }

    private void begin() {
        if (!use.tryLock()) {
            if (closed) {
                throw new TransportClosedException();
            }
            throw new IllegalStateException("two threads use one netlink socket");
        }
        if (closed) {
            use.unlock();
            throw new TransportClosedException();
        }
    }

    /** Copies a datagram where libc can read it. */
    private ByteBuffer outgoing(ByteBuffer datagram) {
        int size = datagram.remaining();
        if (outgoing.capacity() < size) {
            outgoing = ByteBuffer.allocateDirect(size);
        }
        outgoing.put(0, datagram, datagram.position(), size);
        return outgoing;
    }

    private void setOption(int level, int option, int value) {
        FileDescriptor.check("setsockopt " + option, trySetOption(level, option, value));
    }

    private int trySetOption(int level, int option, int value) {
        ByteBuffer raw = ByteBuffer.allocateDirect(Integer.BYTES).order(nativeOrder());
        raw.putInt(0, value);
        return libc.setsockopt(socket.number(), level, option, raw, Integer.BYTES);
    }

    private int boundPort() {
        ByteBuffer length = ByteBuffer.allocateDirect(Integer.BYTES).order(nativeOrder());
        length.putInt(0, SOCKADDR_NL);
        ByteBuffer own = ByteBuffer.allocateDirect(SOCKADDR_NL).order(nativeOrder());
        FileDescriptor.check("getsockname", libc.getsockname(socket.number(), own, length));
        return own.getInt(NL_PID);
    }

    /** A {@code struct sockaddr_nl}: the kernel's as a destination, "any port" to bind to. */
    private static ByteBuffer address() {
        ByteBuffer address = ByteBuffer.allocateDirect(SOCKADDR_NL).order(nativeOrder());
        return address.putShort(0, (short) LibC.AF_NETLINK);
    }
}
