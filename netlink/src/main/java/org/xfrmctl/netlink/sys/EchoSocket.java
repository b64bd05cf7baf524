package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.UdpEndpoint.Address;

/**
 * Sends echo requests that nobody may fragment, one at a time, and hears what comes of each: a ping socket (icmp(7)), or where
 * {@code net.ipv4.ping_group_range} refuses that a raw one. The error queue tells who sent an error, and with which MTU. For one
 * thread at a time.
 */
public final class EchoSocket implements AutoCloseable {
    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_RECVERR = 11;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_RECVERR = 25;
    /** Of both families. */
    private static final int PMTUDISC_DO = 2;

    private static final int PMTUDISC_PROBE = 3;

    private static final int POLLFD = 8;
    /** The longest packet of IPv4, and of IPv6 without a jumbogram. */
    private static final int LONGEST = 65_575;

    private final LibC libc = LibC.get();
    private final EchoPath path;
    private final EchoMessage message;
    private final FileDescriptor socket;
    private final ReceivedMessage errors = ReceivedMessage.ofErrors(LONGEST);
    private final ByteBuffer received = ByteBuffer.allocateDirect(LONGEST);
    private final ByteBuffer polled = ByteBuffer.allocateDirect(POLLFD).order(nativeOrder());
    private int sequence;

    private EchoSocket(EchoPath path, EchoMessage message, FileDescriptor socket) {
        this.path = path;
        this.message = message;
        this.socket = socket;
    }

    /**
     * Opens the socket in this thread's network namespace.
     *
     * @param identifier by which a raw socket knows its replies, in 16 bits; the kernel chooses a ping socket's
     * @throws NetlinkException EPERM if this process may open neither kind of socket; EADDRNOTAVAIL if the source is not this
     *     host's; ENETUNREACH if no route leads there
     */
    public static EchoSocket open(EchoPath path, int identifier) {
        boolean v4 = path.to().family() == Family.INET;
        int family = v4 ? LibC.AF_INET : LibC.AF_INET6;
        int protocol = v4 ? EchoMessage.ICMP : EchoMessage.ICMPV6;
        LibC libc = LibC.get();
        int made = libc.socket(family, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, protocol);
        boolean raw = made < 0 && (LibC.errno() == Errno.EACCES.number() || LibC.errno() == Errno.EPERM.number());
        if (raw) {
            made = libc.socket(family, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, protocol);
        }
        FileDescriptor socket = new FileDescriptor("open a socket for echo requests", made);
        try {
            EchoSocket echo = new EchoSocket(path, new EchoMessage(v4, raw, identifier), socket);
            echo.prepare(v4);
            return echo;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void prepare(boolean v4) {
        int level = v4 ? IPPROTO_IP : IPPROTO_IPV6;
        set(
                "IP_MTU_DISCOVER",
                level,
                v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER,
                path.untaught() ? PMTUDISC_PROBE : PMTUDISC_DO);
        set("IP_RECVERR", level, v4 ? IP_RECVERR : IPV6_RECVERR, 1);
        if (path.mark() != 0) {
            set("SO_MARK", LibC.SOL_SOCKET, LibC.SO_MARK, path.mark());
        }
        path.from().ifPresent(from -> {
            ByteBuffer own = new Address(from, 0).bytes();
            FileDescriptor.check("send from " + from, libc.bind(socket.number(), own, own.capacity()));
        });
        ByteBuffer other = new Address(path.to(), 0).bytes();
        FileDescriptor.check("send to " + path.to(), libc.connect(socket.number(), other, other.capacity()));
    }

    private void set(String name, int level, int option, int value) {
        FileDescriptor.check(
                "set " + name, libc.setsockopt(socket.number(), level, option, number(value), Integer.BYTES));
    }

    private static ByteBuffer number(int value) {
        return ByteBuffer.allocateDirect(Integer.BYTES).order(nativeOrder()).putInt(0, value);
    }

    /** Sends a packet of {@code size} bytes, the IP header counted, and waits so long for what comes of it. */
    public Heard sound(int size, int millis) {
        forget();
        sequence = (sequence + 1) & 0xffff;
        ByteBuffer request = message.request(sequence, path.data(size));
        long sent = libc.send(socket.number(), request, request.capacity(), 0);
        while (FileDescriptor.wasInterrupted(sent)) {
            sent = libc.send(socket.number(), request, request.capacity(), 0);
        }
        return sent < 0 ? unsent(LibC.errno()) : await(millis);
    }

    /** What came too late for the requests before, and would be taken for this one's. */
    private void forget() {
        libc.getsockopt(socket.number(), LibC.SOL_SOCKET, LibC.SO_ERROR, number(0), number(Integer.BYTES));
        while (receiveError() >= 0) {
            // Each call takes one out of the queue.
        }
        while (libc.recv(socket.number(), received, LONGEST, LibC.MSG_DONTWAIT) >= 0) {
            // So does this.
        }
    }

    private long receiveError() {
        return libc.recvmsg(socket.number(), errors.header(), LibC.MSG_ERRQUEUE | LibC.MSG_DONTWAIT);
    }

    private Heard unsent(int errno) {
        Optional<ExtendedError> reason = receiveError() < 0 ? Optional.empty() : error();
        return errno == Errno.EMSGSIZE.number()
                ? new Heard.Refused(reason.map(ExtendedError::info).orElse(0))
                : new Heard.Unsent(Errno.of(errno).map(Errno::text).orElse("errno " + errno));
    }

    private Heard await(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            polled.putInt(0, socket.number()).putShort(4, LibC.POLLIN).putShort(6, (short) 0);
            int ready = libc.poll(polled, 1, (int) Math.max(0, left));
            if (!FileDescriptor.wasInterrupted(ready)) {
                FileDescriptor.check("poll", ready);
            }
            Optional<Heard> heard = ready > 0 ? next() : Optional.empty();
            if (heard.isPresent()) {
                return heard.get();
            }
            if (left <= 0) {
                return new Heard.Silence();
            }
        }
    }

    /** An error or the reply, if it is about the last request. */
    private Optional<Heard> next() {
        long length = receiveError();
        if (length >= 0) {
            libc.getsockopt(socket.number(), LibC.SOL_SOCKET, LibC.SO_ERROR, number(0), number(Integer.BYTES));
            boolean ours = message.isRequest(errors.datagram((int) length).order(BIG_ENDIAN), sequence);
            return ours ? error().flatMap(this::told) : Optional.empty();
        }
        long reply = libc.recv(socket.number(), received, LONGEST, LibC.MSG_DONTWAIT);
        boolean ours =
                reply >= 0 && message.isReply(received.slice(0, (int) reply).order(BIG_ENDIAN), sequence);
        return ours ? Optional.of(new Heard.Answer()) : Optional.empty();
    }

    private Optional<ExtendedError> error() {
        boolean v4 = path.to().family() == Family.INET;
        return errors.control(v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_RECVERR : IPV6_RECVERR)
                .map(ExtendedError::read);
    }

    private Optional<Heard> told(ExtendedError error) {
        if (error.origin() != ExtendedError.Origin.ICMP) {
            return Optional.empty();
        }
        IpAddress from = error.offender().orElse(path.to());
        return Optional.of(
                error.errno() == Errno.EMSGSIZE.number()
                        ? new Heard.TooBig(from, error.info())
                        : new Heard.Undelivered(
                                from,
                                Errno.of(error.errno())
                                        .map(Errno::text)
                                        .orElse("ICMP type " + error.type() + " code " + error.code())));
    }

    @Override
    public void close() {
        socket.close();
    }
}
