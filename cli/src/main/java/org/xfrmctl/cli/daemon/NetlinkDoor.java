package org.xfrmctl.cli.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.kernel.KernelSocket;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;
import org.xfrmctl.netlink.sys.PacketConnection;
import org.xfrmctl.netlink.sys.PacketListener;

/**
 * Gives every connection a netlink socket of a userspace kernel. The port and the groups of a socket are set by a
 * connection of their own: what {@code bind} and {@code setsockopt} do has to be done when they return, and on the socket's
 * connection the answer would stand behind events.
 */
public final class NetlinkDoor implements AutoCloseable {
    /** Groups that a netlink socket can join: the kernel keeps 32 for a protocol with fewer. */
    private static final int GROUPS = 32;
    /** Limits on time have whole seconds. */
    private static final long TICK_MILLIS = 100;

    private final UserspaceKernel kernel;
    private final Function<PingOptions, PingOutcome> host;
    private final Function<HostQuestion, String> questions;
    private final PacketRules rules;
    private final PacketListener listener;
    private final List<KernelSocket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Guarded by this. */
    private final Set<PacketConnection> connections = new HashSet<>();

    /**
     * Takes over the listener.
     *
     * @param host pings for who asks; it may take its time
     * @param rules those of the same host
     */
    public NetlinkDoor(
            UserspaceKernel kernel,
            Function<PingOptions, PingOutcome> host,
            PacketRules rules,
            PacketListener listener) {
        this(kernel, host, question -> "", rules, listener);
    }

    private NetlinkDoor(
            UserspaceKernel kernel,
            Function<PingOptions, PingOutcome> host,
            Function<HostQuestion, String> questions,
            PacketRules rules,
            PacketListener listener) {
        this.kernel = kernel;
        this.host = host;
        this.questions = questions;
        this.rules = rules;
        this.listener = listener;
    }

    /** As above, for a host that tells of its ways as well. */
    public static NetlinkDoor of(DaemonHost host, PacketListener listener) {
        return new NetlinkDoor(new UserspaceKernel(host.namespace()), host::ping, host::answer, host.rules(), listener);
    }

    /** A socket of the same kernel for this process itself, without a connection. */
    public NetlinkTransport open() {
        return kernel.open();
    }

    /** Lets programs in until {@link #close()} is called, from another thread. */
    public void run() {
        start("timers", this::runTimers);
        try (listener) {
            Optional<PacketConnection> connection = listener.accept();
            while (connection.isPresent()) {
                PacketConnection accepted = connection.get();
                start("netlink door", () -> serve(accepted));
                connection = listener.accept();
            }
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void runTimers() {
        try {
            while (!closed.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                kernel.runTimers();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(PacketConnection connection) {
        try (connection) {
            if (enter(connection)) {
                Optional<ByteBuffer> datagram = connection.receive();
                Optional<DoorRequest> request = datagram.flatMap(DoorRequest::read);
                Optional<PingRequest> ping = datagram.flatMap(PingRequest::read);
                Optional<HostQuestion> question = datagram.flatMap(HostQuestion::read);
                if (question.isPresent()) {
                    connection.send(ByteBuffer.wrap((" " + questions.apply(question.get())).getBytes(UTF_8)));
                } else if (request.isPresent()) {
                    answer(connection, request.get());
                } else if (ping.isPresent()) {
                    connection.send(PingRequest.answer(host.apply(ping.get().options())));
                } else {
                    answerAboutRules(connection, datagram);
                }
            }
        } catch (NetlinkException gone) {
            // The program ended before it had its answer.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            leave(connection);
        }
    }

    private synchronized boolean enter(PacketConnection connection) {
        connections.add(connection);
        return closed.getCount() > 0;
    }

    private synchronized void leave(PacketConnection connection) {
        connections.remove(connection);
    }

    private void answer(PacketConnection connection, DoorRequest request) throws InterruptedException {
        if (request.operation() != DoorRequest.Operation.OPEN) {
            connection.send(carryOut(request));
            return;
        }
        KernelSocket socket = kernel.open();
        sockets.add(socket);
        try {
            new DoorSession(connection, socket).run();
        } finally {
            sockets.remove(socket);
            socket.close();
        }
    }

    private void answerAboutRules(PacketConnection connection, Optional<ByteBuffer> datagram) {
        datagram.flatMap(RulesRequest::read)
                .ifPresent(request -> connection.send(RulesRequest.bytes(request.answer(rules))));
    }

    private ByteBuffer carryOut(DoorRequest request) {
        Optional<KernelSocket> socket =
                sockets.stream().filter(each -> each.portId() == request.port()).findFirst();
        if (socket.isEmpty()) {
            return DoorRequest.refused(Errno.EBADF.number());
        }
        try {
            if (request.operation() == DoorRequest.Operation.BIND) {
                bind(socket.get(), request);
            } else {
                member(socket.get(), request.wanted(), request.operation() == DoorRequest.Operation.JOIN);
            }
            return DoorRequest.done(socket.get().portId());
        } catch (NetlinkException refused) {
            return DoorRequest.refused(refused.number());
        } catch (TransportClosedException meanwhile) {
            return DoorRequest.refused(Errno.EBADF.number());
        }
    }

    /** {@code netlink_bind()}: the mask is what the groups are from then on. */
    private static void bind(KernelSocket socket, DoorRequest request) {
        if (request.wanted() != 0) {
            socket.bind(request.wanted());
        }
        for (int group = 1; group <= GROUPS; group++) {
            member(socket, group, ((request.groups() >>> (group - 1)) & 1) != 0);
        }
    }

    private static void member(KernelSocket socket, int group, boolean in) {
        if (group < 1 || group > GROUPS) {
            throw new NetlinkException(Errno.EINVAL.number(), "join group " + Integer.toUnsignedString(group));
        }
        if (in) {
            socket.join(group);
        } else {
            socket.leave(group);
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        listener.end();
        connections.forEach(PacketConnection::end);
    }
}
