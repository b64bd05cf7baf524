package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.ErrorMessage.Fault;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Nlmsghdr;

/**
 * Answers NETLINK_XFRM for one namespace, as Linux 6.1 does with sub policies built in and everybody privileged.
 *
 * <p>A datagram is handled by the thread that sends it, under the namespace's lock; answers and events wait in the
 * sockets until they are received. Extended acks are always on.
 */
public final class UserspaceKernel {
    private static final int FIRST_PORT = 1;
    private static final String LEFTOVER = "bytes leftover after parsing attributes";

    private final XfrmNamespace namespace;
    private final RequestType.Tables tables;
    private final Multicast multicast = new Multicast();
    /** Guarded by the namespace's lock. */
    private int nextPort = FIRST_PORT;

    /** Gives the namespace its netlink side, and takes over as the listener to its events. */
    public UserspaceKernel(XfrmNamespace namespace) {
        this.namespace = namespace;
        StateRequests states = new StateRequests(namespace, multicast);
        this.tables = new RequestType.Tables(
                states,
                new PolicyRequests(namespace, multicast),
                new ReplayRequests(states, namespace.states(), multicast),
                new DefaultRequests(namespace, multicast),
                new MigrationRequests(namespace, multicast),
                new AcquireRequests(namespace, multicast));
        namespace.events(new KernelEvents(multicast));
    }

    /** A new socket, as {@code socket(AF_NETLINK, SOCK_RAW, NETLINK_XFRM)} gives one. */
    public KernelSocket open() {
        return open(KernelSocket.RECEIVE_BUFFER);
    }

    /** As {@link #open()}, with a receive buffer of that size: events that find it full are lost ({@code SO_RCVBUF}). */
    public KernelSocket open(int queueSize) {
        namespace.lock().lock();
        try {
            while (multicast.hasPort(nextPort)) {
                nextPort++;
            }
            KernelSocket socket = new KernelSocket(this, nextPort++, queueSize);
            multicast.add(socket);
            return socket;
        } finally {
            namespace.lock().unlock();
        }
    }

    void bind(KernelSocket socket, int port) {
        namespace.lock().lock();
        try {
            if (port == 0 || (port != socket.portId() && multicast.hasPort(port))) {
                throw new NetlinkException(Errno.EADDRINUSE.number(), "bind to port " + Integer.toUnsignedString(port));
            }
            socket.portId(port);
        } finally {
            namespace.lock().unlock();
        }
    }

    /** Lets time pass: applies the limits that are due, which otherwise waits for the next request or packet. */
    public void runTimers() {
        namespace.lock().lock();
        try {
            namespace.runTimers();
        } finally {
            namespace.lock().unlock();
        }
    }

    void forget(KernelSocket socket) {
        multicast.remove(socket);
    }

    /**
     * Carries out the requests of a datagram, one after the other ({@code netlink_rcv_skb()}). What follows a message of
     * impossible length is dropped without a word.
     */
    void handle(KernelSocket socket, ByteBuffer datagram) {
        namespace.lock().lock();
        try {
            namespace.runTimers();
            int offset = 0;
            while (datagram.limit() - offset >= NetlinkMessage.HEADER) {
                Nlmsghdr header = Nlmsghdr.CODEC.read(datagram, offset);
                if (header.len() < NetlinkMessage.HEADER || header.len() > datagram.limit() - offset) {
                    return;
                }
                ByteBuffer bytes = datagram.slice(offset, header.len()).order(datagram.order());
                handle(socket, new NetlinkMessage(header, bytes));
                offset += (header.len() + 3) & ~3;
            }
        } finally {
            namespace.lock().unlock();
        }
    }

    private void handle(KernelSocket socket, NetlinkMessage message) {
        Optional<String> warning = Optional.empty();
        try {
            if (message.has(Netlink.NLM_F_REQUEST) && !message.isControl()) {
                RequestType type =
                        RequestType.of(message.type()).orElseThrow(() -> RequestRefusedException.of(Errno.EINVAL));
                if (type.canDump() && message.has(Netlink.NLM_F_DUMP)) {
                    dump(type, socket, message);
                    return;
                }
                Attributes attributes = attributes(type, message);
                if (attributes.leftover() > 0) {
                    warning = Optional.of(LEFTOVER);
                }
                type.attributes().check(attributes);
                carryOut(type, new Request(message, type.attributes().known(attributes), socket));
            }
            if (message.has(Netlink.NLM_F_ACK)) {
                acknowledge(socket, message, new ErrorMessage(0, warning, Fault.UNTOLD));
            }
        } catch (RequestRefusedException refused) {
            acknowledge(socket, message, refused.answer(warning));
        }
    }

    private static void acknowledge(KernelSocket socket, NetlinkMessage request, ErrorMessage answer) {
        MessageWriter writer = new MessageWriter(request.bytes().order());
        answer.write(request, socket.portId(), true, writer);
        socket.reply(writer.datagram());
    }

    private void carryOut(RequestType type, Request request) {
        try {
            type.handle(tables, request);
        } catch (MalformedMessageException notExpressible) {
            // A value that the checks let pass, as the kernel's do, but that no object of the model can hold.
            throw RequestRefusedException.of(Errno.EINVAL);
        }
    }

    private static Attributes attributes(RequestType type, NetlinkMessage message) {
        if (message.bodyLength() < type.bodyLength()) {
            throw RequestRefusedException.invalid("Invalid header length");
        }
        return message.attributesUpToFault(type.bodyLength());
    }

    private void dump(RequestType type, KernelSocket socket, NetlinkMessage message) {
        if (!socket.startDump()) {
            throw RequestRefusedException.of(Errno.EBUSY);
        }
        DumpWriter dump = new DumpWriter(socket, message);
        try {
            Optional<String> warning = Optional.empty();
            if (type == RequestType.GETSA) {
                tables.states().dump(message, dump);
                // What the parser remarks is told by the first datagram, if that is the end (netlink_dump()).
                boolean told = dump.isEmpty() && message.attributesUpToFault(0).leftover() > 0;
                warning = told ? Optional.of(LEFTOVER) : Optional.empty();
            } else {
                tables.policies().dump(dump);
            }
            dump.done(new ErrorMessage(0, warning, Fault.UNTOLD));
        } catch (RequestRefusedException refused) {
            dump.done(refused.answer(Optional.empty()));
        }
    }
}
