package org.xfrmctl.it.differential;

import static org.xfrmctl.it.differential.Posix.LIBC;
import static org.xfrmctl.it.differential.Posix.check;
import static org.xfrmctl.it.differential.Posix.direct;
import static org.xfrmctl.it.differential.Posix.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.it.differential.Step.Departure;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * The kernel that this process runs on, which must be its own and have one CPU: then everything that follows from a packet
 * has happened when the write of it to the TUN device returns, but for timers.
 */
final class LinuxSubject implements Subject, AutoCloseable {
    private static final String DEVICE = "wire";
    /** A kernel's timers run when its clock ticks, 100 times a second. */
    private static final long TICKS_NANOS = 30_000_000;

    private static final int YIELDS = 3;
    private static final Path MODULES = Path.of("/sys/module");
    private static final List<String> OFFLOADING = List.of("esp4_offload", "esp6_offload");
    private static final Path STATISTICS = Path.of("/proc/net/xfrm_stat");

    private final int device;
    private final Map<Integer, Integer> receivers = new LinkedHashMap<>();
    private final XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(0x10000);
    /** What was there when time had been given to it: it does not change by more of that. */
    private Object settled = List.of();

    private NetlinkTransport socket = AfNetlinkSocket.open(NetlinkProtocol.XFRM);
    private NetlinkTransport listener = AfNetlinkSocket.open(NetlinkProtocol.XFRM);

    private LinuxSubject(int device) {
        this.device = device;
    }

    /** Makes the device, its addresses and routes, and a kernel that says nothing by itself. */
    static LinuxSubject open() throws IOException, InterruptedException {
        GuestCommand.run("modprobe tun");
        int device = check("open", LIBC.open("/dev/net/tun", Posix.O_RDWR | Posix.O_NONBLOCK));
        ByteBuffer request = direct(new byte[40]);
        request.put(0, DEVICE.getBytes(StandardCharsets.US_ASCII));
        request.order(ByteOrder.nativeOrder()).putShort(16, Posix.IFF_TUN_NO_PI);
        check("ioctl", LIBC.ioctl(device, Posix.TUNSETIFF, request));
        LinuxSubject subject = new LinuxSubject(device);
        subject.configure();
        for (Family family : List.of(Family.INET, Family.INET6)) {
            LISTENING.forEach(port -> subject.receivers.put(subject.receiver(family, port), port));
            int encap = subject.receiver(family, ENCAP_PORT);
            option(encap, Posix.IPPROTO_UDP, Posix.UDP_ENCAP, 2);
            subject.receivers.put(encap, ENCAP_PORT);
        }
        XfrmGroup.ALL.forEach(subject.listener::join);
        Beginnings.useUp(subject, subject.client);
        return subject;
    }

    private void configure() throws IOException, InterruptedException {
        for (String place : List.of("all", "default", DEVICE)) {
            set("ipv4/conf/" + place + "/rp_filter", 0);
            set("ipv4/conf/" + place + "/send_redirects", 0);
            set("ipv6/conf/" + place + "/accept_dad", 0);
            set("ipv6/conf/" + place + "/accept_ra", 0);
            set("ipv6/conf/" + place + "/router_solicitations", 0);
        }
        set("ipv6/conf/" + DEVICE + "/addr_gen_mode", 1);
        set("ipv6/auto_flowlabels", 0);
        set("ipv4/icmp_ratelimit", 0);
        set("ipv4/icmp_msgs_per_sec", 1_000_000);
        set("ipv4/icmp_msgs_burst", 1_000_000);
        set("ipv6/icmp/ratelimit", 0);
        set("ipv4/ip_forward", 1);
        set("ipv6/conf/all/forwarding", 1);
        // What the kernel leaves to its own threads, such as packets out of transport mode, is done before this one
        // runs on.
        GuestCommand.run("chrt -a -i -p 0 " + ProcessHandle.current().pid());
        for (String words : List.of(
                "link set lo up",
                "link set dev " + DEVICE + " multicast off mtu " + MTU,
                "link set " + DEVICE + " up",
                "addr add " + LOCAL_V4 + "/24 dev " + DEVICE,
                "addr add " + LOCAL_V6 + "/64 dev " + DEVICE + " nodad",
                "route add default dev " + DEVICE,
                "-6 route add default dev " + DEVICE)) {
            GuestCommand.run("ip " + words);
        }
    }

    private static void set(String name, int value) throws IOException {
        Files.writeString(Path.of("/proc/sys/net/" + name), Integer.toString(value));
    }

    private int receiver(Family family, int port) {
        int fd = check(
                "socket", LIBC.socket(family.number(), Posix.SOCK_DGRAM | Posix.SOCK_NONBLOCK, Posix.IPPROTO_UDP));
        option(fd, Posix.SOL_SOCKET, Posix.SO_REUSEADDR, 1);
        bind(fd, Subject.local(family), port);
        return fd;
    }

    private static void bind(int fd, IpAddress address, int port) {
        ByteBuffer name = Posix.address(address, port);
        check("bind", LIBC.bind(fd, name, name.limit()));
    }

    @Override
    public NetlinkTransport socket() {
        return socket;
    }

    @Override
    public NetlinkTransport listener() {
        return listener;
    }

    /** Begins anew, with empty tables. */
    void clear() {
        socket.close();
        listener.close();
        Beginnings.clear(client);
        settle();
        forget();
        socket = AfNetlinkSocket.open(NetlinkProtocol.XFRM);
        listener = AfNetlinkSocket.open(NetlinkProtocol.XFRM);
        XfrmGroup.ALL.forEach(listener::join);
        emitted();
        delivered();
    }

    /**
     * What does not stand in the tables: the MTUs that a sequence has found out, and the modules that a state for a device
     * has loaded, with which ESP leaves out the padding for traffic flows ({@code esp_xmit()}).
     */
    private static void forget() {
        try {
            set("ipv4/route/flush", 1);
            set("ipv6/route/flush", 1);
            for (String module : OFFLOADING) {
                if (Files.exists(MODULES.resolve(module))) {
                    GuestCommand.run("rmmod " + module);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To yield is the point here: this is the only thread of the kernel that is not idle by then. */
    @Override
    @SuppressWarnings("ThreadPriorityCheck")
    public void arrive(byte[] packet) {
        check("write", LIBC.write(device, direct(packet), packet.length));
        for (int i = 0; i < YIELDS; i++) {
            // The kernel's threads go first, see configure().
            Thread.yield();
        }
    }

    @Override
    public String send(Departure departure, byte[] data) {
        Family family = departure.destination().family();
        boolean v4 = family == Family.INET;
        boolean udp = departure.protocol() == Posix.IPPROTO_UDP;
        int fd = check(
                "socket", LIBC.socket(family.number(), udp ? Posix.SOCK_DGRAM : Posix.SOCK_RAW, departure.protocol()));
        option(fd, Posix.SOL_SOCKET, Posix.SO_REUSEADDR, 1);
        option(fd, Posix.SOL_SOCKET, Posix.SO_MARK, departure.mark());
        int level = v4 ? Posix.IPPROTO_IP : Posix.IPPROTO_IPV6;
        option(fd, level, v4 ? Posix.IP_TOS : Posix.IPV6_TCLASS, departure.trafficClass());
        option(
                fd,
                level,
                v4 ? Posix.IP_MTU_DISCOVER : Posix.IPV6_MTU_DISCOVER,
                departure.discovery().ordinal());
        bind(fd, Subject.local(family), udp ? departure.sourcePort() : 0);
        ByteBuffer to = Posix.address(departure.destination(), udp ? departure.destinationPort() : 0);
        long sent = LIBC.sendto(fd, direct(data), data.length, 0, to, to.limit());
        int errno = sent < 0 ? Posix.errno() : 0;
        LIBC.close(fd);
        return sent < 0
                ? Errno.of(errno).map(Errno::text).orElse("errno " + errno)
                : sent == data.length ? "sent" : "sent " + sent;
    }

    @Override
    public List<byte[]> emitted() {
        List<byte[]> packets = new ArrayList<>();
        for (long length = read(device); length > 0; length = read(device)) {
            packets.add(copy(length));
        }
        return packets;
    }

    private long read(int fd) {
        return LIBC.read(fd, buffer.clear(), buffer.capacity());
    }

    private byte[] copy(long length) {
        byte[] bytes = new byte[(int) length];
        buffer.get(0, bytes);
        return bytes;
    }

    @Override
    public List<String> delivered() {
        List<String> datagrams = new ArrayList<>();
        receivers.forEach((fd, port) -> {
            for (long length = read(fd); length >= 0; length = read(fd)) {
                datagrams.add(port + " " + HexFormat.of().formatHex(copy(length)));
            }
        });
        return datagrams.stream().sorted().toList();
    }

    @Override
    public Map<XfrmCounter, Long> statistics() {
        Map<String, Long> lines = new HashMap<>();
        try {
            for (String line : Files.readAllLines(STATISTICS)) {
                String[] words = line.strip().split("\\s+", -1);
                lines.put(words[0], Long.parseLong(words[1]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<XfrmCounter, Long> counters = new EnumMap<>(XfrmCounter.class);
        for (XfrmCounter counter : XfrmCounter.values()) {
            Long value = lines.get(counter.toString());
            if (value != null) {
                counters.put(counter, value);
            }
        }
        return counters;
    }

    /**
     * Two things come late. A state that has reached its limit goes by a timer, when a packet has found it so, not before:
     * so there is a time to wait. The state beside an IPComp tunnel goes when the last of these is destroyed, which a
     * kernel does by and by.
     */
    @Override
    public void settle() {
        List<XfrmState> states = states();
        if (states.stream().noneMatch(state -> isUsedUp(state) || state.isImplied())) {
            return;
        }
        Object now = List.of(states, statistics());
        if (now.equals(settled)) {
            return;
        }
        long end = System.nanoTime() + TICKS_NANOS;
        while ((states.stream().anyMatch(LinuxSubject::isUsedUp) || hasWidow(states)) && System.nanoTime() < end) {
            states = states();
        }
        settled = List.of(states, statistics());
    }

    /** None if one of them has a spoiled family, which a client cannot read. */
    private List<XfrmState> states() {
        try {
            return client.listStates();
        } catch (MalformedMessageException e) {
            return List.of();
        }
    }

    private static boolean isUsedUp(XfrmState state) {
        return Long.compareUnsigned(
                                state.current().bytes(), state.limits().bytes().hard())
                        >= 0
                || Long.compareUnsigned(
                                state.current().packets(),
                                state.limits().packets().hard())
                        >= 0;
    }

    private static boolean hasWidow(List<XfrmState> states) {
        Set<String> tunnels = states.stream()
                .filter(state -> state.id().protocol().equals(IpProtocol.COMP)
                        && state.mode().equals(Mode.TUNNEL))
                .map(LinuxSubject::ends)
                .collect(Collectors.toSet());
        return states.stream()
                .filter(XfrmState::isImplied)
                .map(LinuxSubject::ends)
                .anyMatch(ends -> !tunnels.contains(ends));
    }

    private static String ends(XfrmState state) {
        return state.source() + " " + state.id().destination();
    }

    @Override
    public void close() {
        client.close();
        socket.close();
        listener.close();
        receivers.keySet().forEach(LIBC::close);
        LIBC.close(device);
    }
}
