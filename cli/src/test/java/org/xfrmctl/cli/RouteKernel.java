package org.xfrmctl.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Ifaddrmsg;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.IflaInfo;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Rtmsg;

/**
 * As much of NETLINK_ROUTE as it takes to make interfaces: links, addresses and routes, given back as they were asked for.
 * It checks nothing, and refuses what it does not know. Safe for several threads.
 */
final class RouteKernel {
    private static final int FIRST_INDEX = 2;
    private static final Set<Integer> GETS = Set.of(Rtm.GETLINK, Rtm.GETADDR, Rtm.GETROUTE);

    /** A link, with the content of its LINKINFO. */
    private record Made(String name, Bytes info, String alias, int mtu, boolean up) {}

    private final Map<Integer, Made> links = new LinkedHashMap<>();
    /** What follows the headers of the requests. */
    private final List<byte[]> addresses = new ArrayList<>();

    private final List<byte[]> routes = new ArrayList<>();
    private final List<NetlinkMessage> requests = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final List<Socket> listeners = new ArrayList<>();
    private int lastIndex = FIRST_INDEX;
    private boolean deaf;
    private boolean silent;

    NetlinkTransport open() {
        return new Socket();
    }

    /** From now on there are no links of this kind. */
    synchronized void refuse(String kind) {
        refused.add(kind);
    }

    /** From now on nobody is told of anything. */
    synchronized void refuseListeners() {
        deaf = true;
    }

    /** From now on each dump is refused. */
    synchronized void refuseDumps() {
        silent = true;
    }

    /** Tells of a link as it is. */
    synchronized void announce(String name) {
        links.entrySet().stream()
                .filter(each -> each.getValue().name().equals(name))
                .forEach(each -> {
                    MessageWriter news = new MessageWriter();
                    write(Rtm.NEWLINK, 0, each.getKey(), news, 0);
                    listeners.forEach(socket -> socket.waiting.add(copy(news.datagram())));
                });
    }

    /** The requests of a type that were made until now. */
    synchronized List<NetlinkMessage> requests(int type) {
        return requests.stream().filter(message -> message.type() == type).toList();
    }

    synchronized List<String> names() {
        return links.values().stream().map(Made::name).toList();
    }

    /** Somebody deletes a link. */
    synchronized void delete(String name) {
        links.entrySet().stream()
                .filter(each -> each.getValue().name().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(this::delete);
    }

    private void delete(int index) {
        MessageWriter news = new MessageWriter();
        write(Rtm.DELLINK, 0, index, news, 0);
        links.remove(index);
        addresses.removeIf(
                body -> message(Rtm.NEWADDR, body).body(Ifaddrmsg.CODEC).index() == index);
        routes.removeIf(body -> message(Rtm.NEWROUTE, body)
                .attributes(Rtmsg.CODEC.size())
                .find(Rta.OIF)
                .filter(link -> link.u32() == index)
                .isPresent());
        listeners.forEach(socket -> socket.waiting.add(copy(news.datagram())));
    }

    private synchronized void answer(NetlinkMessage request, Socket socket) {
        requests.add(request);
        MessageWriter out = new MessageWriter();
        if (silent && GETS.contains(request.type())) {
            ErrorMessage.of(Errno.EPERM, Optional.empty()).write(request, 0, true, out);
            socket.waiting.add(copy(out.datagram()));
            return;
        }
        // The flags of a dump are others for what adds.
        if (GETS.contains(request.type()) && (request.flags() & Netlink.NLM_F_DUMP) == Netlink.NLM_F_DUMP) {
            dump(request, out);
            out.begin(Netlink.NLMSG_DONE, Netlink.NLM_F_MULTI, request.sequence(), 0)
                    .bodyU32(0)
                    .end();
        } else {
            change(request, out).write(request, 0, true, out);
        }
        socket.waiting.add(copy(out.datagram()));
    }

    private void dump(NetlinkMessage request, MessageWriter out) {
        switch (request.type()) {
            case Rtm.GETLINK ->
                links.keySet()
                        .forEach(index -> write(Rtm.NEWLINK, Netlink.NLM_F_MULTI, index, out, request.sequence()));
            case Rtm.GETADDR ->
                addresses.forEach(body -> out.begin(Rtm.NEWADDR, Netlink.NLM_F_MULTI, request.sequence(), 0)
                        .body(body)
                        .end());
            case Rtm.GETROUTE ->
                routes.forEach(body -> out.begin(Rtm.NEWROUTE, Netlink.NLM_F_MULTI, request.sequence(), 0)
                        .body(body)
                        .end());
            default -> throw new AssertionError(request);
        }
    }

    private ErrorMessage change(NetlinkMessage request, MessageWriter out) {
        return switch (request.type()) {
            case Rtm.NEWLINK -> make(request);
            case Rtm.SETLINK -> set(request);
            case Rtm.GETLINK -> get(request, out);
            case Rtm.DELLINK -> {
                delete(request.body(Ifinfomsg.CODEC).index());
                yield ErrorMessage.SUCCESS;
            }
            case Rtm.NEWADDR -> keep(request, addresses);
            case Rtm.NEWROUTE -> keep(request, routes);
            default -> ErrorMessage.of(Errno.EOPNOTSUPP, Optional.of("not in this test"));
        };
    }

    private static ErrorMessage keep(NetlinkMessage request, List<byte[]> kept) {
        kept.add(body(request));
        return ErrorMessage.SUCCESS;
    }

    private ErrorMessage make(NetlinkMessage request) {
        Attributes attributes = request.attributes(Ifinfomsg.CODEC.size());
        Attribute info = attributes.find(Ifla.LINKINFO).orElseThrow();
        String kind = Attributes.parse(info.payload(), 0)
                .find(IflaInfo.KIND)
                .map(Attribute::text)
                .orElseThrow();
        if (refused.contains(kind)) {
            return ErrorMessage.of(Errno.EOPNOTSUPP, Optional.of("Unknown device type"));
        }
        String name = attributes.find(Ifla.IFNAME).map(Attribute::text).orElseThrow();
        links.put(++lastIndex, new Made(name, Bytes.of(info.bytes()), "", 1500, false));
        return ErrorMessage.SUCCESS;
    }

    private ErrorMessage set(NetlinkMessage request) {
        Ifinfomsg body = request.body(Ifinfomsg.CODEC);
        Attributes attributes = request.attributes(Ifinfomsg.CODEC.size());
        links.computeIfPresent(
                body.index(),
                (index, link) -> new Made(
                        link.name(),
                        link.info(),
                        attributes.find(Ifla.IFALIAS).map(Attribute::text).orElse(link.alias()),
                        attributes.find(Ifla.MTU).map(Attribute::u32).orElse(link.mtu()),
                        body.change() == 0 ? link.up() : body.flags() != 0));
        return ErrorMessage.SUCCESS;
    }

    private ErrorMessage get(NetlinkMessage request, MessageWriter out) {
        Optional<String> name =
                request.attributes(Ifinfomsg.CODEC.size()).find(Ifla.IFNAME).map(Attribute::text);
        Optional<Integer> found = links.entrySet().stream()
                .filter(each -> name.isPresent()
                        ? name.get().equals(each.getValue().name())
                        : each.getKey() == request.body(Ifinfomsg.CODEC).index())
                .map(Map.Entry::getKey)
                .findFirst();
        found.ifPresent(index -> write(Rtm.NEWLINK, 0, index, out, request.sequence()));
        return found.isPresent() ? ErrorMessage.SUCCESS : ErrorMessage.of(Errno.ENODEV, Optional.empty());
    }

    private void write(int type, int flags, int index, MessageWriter out, int sequence) {
        Made link = Optional.ofNullable(links.get(index)).orElseThrow();
        out.begin(type, flags, sequence, 0);
        out.body(Ifinfomsg.CODEC, new Ifinfomsg((byte) 0, (short) 0, index, link.up() ? 1 : 0, 0));
        out.attribute(Ifla.IFNAME, text(link.name()));
        out.attributeU32(Ifla.MTU, link.mtu());
        if (!link.alias().isEmpty()) {
            out.attribute(Ifla.IFALIAS, text(link.alias()));
        }
        out.attribute(Ifla.LINKINFO, link.info().toArray());
        out.end();
    }

    private static byte[] text(String words) {
        return (words + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] body(NetlinkMessage message) {
        byte[] body = new byte[message.bytes().limit() - NetlinkMessage.HEADER];
        message.bytes().get(NetlinkMessage.HEADER, body);
        return body;
    }

    private static NetlinkMessage message(int type, byte[] body) {
        MessageWriter out = new MessageWriter();
        return NetlinkMessage.split(
                        copy(out.begin(type, 0, 0, 0).body(body).end().datagram()))
                .get(0);
    }

    private static ByteBuffer copy(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private final class Socket implements NetlinkTransport {
        private final BlockingQueue<ByteBuffer> waiting = new LinkedBlockingQueue<>();

        @Override
        public int portId() {
            return 0;
        }

        @Override
        public void send(ByteBuffer datagram) {
            NetlinkMessage.split(copy(datagram)).forEach(message -> answer(message, this));
        }

        @Override
        public ByteBuffer receive() {
            try {
                return open(waiting.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TransportClosedException();
            }
        }

        private ByteBuffer open(ByteBuffer datagram) {
            if (!datagram.hasRemaining()) {
                throw new TransportClosedException();
            }
            return datagram;
        }

        @Override
        public Optional<ByteBuffer> receiveNow() {
            return Optional.ofNullable(waiting.poll()).map(this::open);
        }

        @Override
        public OptionalInt sender() {
            return OptionalInt.empty();
        }

        @Override
        public void join(int group) {
            synchronized (RouteKernel.this) {
                if (deaf) {
                    throw new NetlinkException(Errno.EPERM.number(), "join a group");
                }
                if (!listeners.contains(this)) {
                    listeners.add(this);
                }
            }
        }

        @Override
        public void listenToAllNamespaces() {}

        @Override
        public void close() {
            // No datagram is empty.
            waiting.add(ByteBuffer.allocate(0));
        }
    }
}
