package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;

/** A NETLINK_XFRM socket of the kernel that this process runs on, with extended acks on. */
public final class AfNetlinkSocket implements NetlinkTransport {
    private static final int NETLINK_XFRM = 6;
    private static final int SOCKADDR_NL = 12;
    /** Where {@code struct sockaddr_nl} has the port id; 0 is the kernel. */
    private static final int NL_PID = 4;
    /** Larger than the 32 KiB that a kernel puts into one datagram of a dump. */
    private static final int RECEIVE_SIZE = 128 * 1024;
    /** Room for a burst of events; the kernel cuts it to {@code net.core.rmem_max}. */
    private static final int QUEUE_SIZE = 4 * 1024 * 1024;

    private final LibC libc = LibC.get();
    private final FileDescriptor socket;
    private final Wakeup wakeup;
    private final int portId;

    /** Held while a call uses the descriptors or the buffers below, so that close() frees neither under it. */
    private final ReentrantLock use = new ReentrantLock();

    private final ByteBuffer incoming = ByteBuffer.allocateDirect(RECEIVE_SIZE).order(nativeOrder());
    private final ByteBuffer sender = ByteBuffer.allocateDirect(SOCKADDR_NL).order(nativeOrder());
    private final ByteBuffer length = ByteBuffer.allocateDirect(Integer.BYTES).order(nativeOrder());
    private final ByteBuffer kernel = address();
    private ByteBuffer outgoing = ByteBuffer.allocateDirect(4096);
    private volatile boolean closed;

    private AfNetlinkSocket() {
        int type = LibC.SOCK_RAW | LibC.SOCK_CLOEXEC;
        socket = new FileDescriptor("open a netlink socket", libc.socket(LibC.AF_NETLINK, type, NETLINK_XFRM));
        try {
            setOption(LibC.SOL_NETLINK, LibC.NETLINK_EXT_ACK, 1);
            // Since Linux 4.20: dump requests are checked as strictly as others. Older kernels do without.
            trySetOption(LibC.SOL_NETLINK, LibC.NETLINK_GET_STRICT_CHK, 1);
            setOption(LibC.SOL_SOCKET, LibC.SO_RCVBUF, QUEUE_SIZE);
            FileDescriptor.check("bind", libc.bind(socket.number(), address(), SOCKADDR_NL));
            portId = boundPort();
            wakeup = new Wakeup(socket.number());
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Opens a NETLINK_XFRM socket in this thread's network namespace. */
    public static AfNetlinkSocket open() {
        return new AfNetlinkSocket();
    }

    /** Opens a NETLINK_XFRM socket in another network namespace. */
    public static AfNetlinkSocket open(NetworkNamespace namespace) {
        return namespace.call(AfNetlinkSocket::open);
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
            wipe(data, size);
            if (errno != 0) {
                throw new NetlinkException(errno, "sendmsg on a netlink socket");
            }
        } finally {
            use.unlock();
        }
    }

    @Override
    public ByteBuffer receive() {
        begin();
        try {
            while (wakeup.await()) {
                int received = receiveNow();
                if (received >= 0) {
                    return incoming.slice(0, received).order(nativeOrder());
                }
            }
            throw new TransportClosedException();
        } finally {
            use.unlock();
        }
    }

    /** The length of the datagram in {@link #incoming}; negative if there was none from the kernel after all. */
    private int receiveNow() {
        length.putInt(0, SOCKADDR_NL);
        long received = libc.recvfrom(
                socket.number(), incoming, RECEIVE_SIZE, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC, sender, length);
        if (received < 0) {
            int errno = LibC.errno();
            if (errno == Errno.EINTR.number() || errno == Errno.EAGAIN.number()) {
                return -1;
            }
            throw new NetlinkException(errno, "recvmsg on a netlink socket");
        }
        if (sender.getInt(NL_PID) != 0) {
            // Any process with CAP_NET_ADMIN may send to any netlink socket; only the kernel is believed.
            return -1;
        }
        if (received > RECEIVE_SIZE) {
            throw new NetlinkException(Errno.EMSGSIZE.number(), "a netlink datagram of " + received + " bytes was cut");
        }
        return (int) received;
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
            // Dumps show keys, and direct memory lives until the collector comes.
            wipe(incoming, RECEIVE_SIZE);
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

    /** Requests hold keys, and direct memory lives long. */
    private static void wipe(ByteBuffer data, int size) {
        data.put(0, new byte[size]);
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
