package org.xfrmctl.it.scenario;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.wire.FragmentHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpProtocol;

/**
 * Gives a userspace host the choices that the real host made in a captured run: IDs, flow labels and ping's time stamps.
 * Compression makes other lengths of other bytes, so only then counters can be the same to the byte.
 */
final class Replay implements Identifiers {
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REQUEST_V6 = 128;
    private static final int TIME = 16;

    private final Queue<Integer> ipIds = new ArrayDeque<>();
    private final Queue<Integer> fragmentIds = new ArrayDeque<>();
    private final Queue<Integer> flowLabels = new ArrayDeque<>();
    private final Queue<Integer> pingIds = new ArrayDeque<>();
    private final Queue<Bytes> timestamps = new ArrayDeque<>();
    private final Identifiers otherwise = Identifiers.random(new Random(1));

    private Replay() {}

    /** What a host chose, by the captures of the links that it is on. */
    static Replay of(String host, Scenario scenario, Opener opener, Function<String, Path> captures) {
        Replay replay = new Replay();
        LabHostSpec spec = scenario.topology().hosts().stream()
                .filter(each -> each.name().equals(host))
                .findFirst()
                .orElseThrow();
        for (LabInterfaceSpec each : spec.interfaces()) {
            for (PacketBuffer packet : Capture.read(captures.apply(each.link()))) {
                replay.learn(packet, spec, opener);
            }
        }
        return replay;
    }

    private void learn(PacketBuffer packet, LabHostSpec host, Opener opener) {
        Optional<Opener.Opened> opened = opener.open(packet);
        Optional<PacketBuffer> inner =
                opened.filter(inside -> isIp(inside.protocol())).map(Opener.Opened::payload);
        // What the host made itself is the inner packet of a tunnel, and also the outer header where it is the gateway.
        inner.ifPresent(each -> learn(each, host));
        IpHeader outer = IpHeader.read(packet).orElseThrow();
        if (inner.isPresent()) {
            if (owns(host, outer) && outer instanceof Ipv4Header v4) {
                learn(v4);
            }
        } else {
            learn(packet, host);
            if (owns(host, outer)) {
                opened.ifPresent(inside -> echo(inside.payload(), 0));
            }
        }
    }

    private void learn(PacketBuffer packet, LabHostSpec host) {
        IpHeader header = IpHeader.read(packet).orElseThrow();
        if (!owns(host, header)) {
            return;
        }
        if (header instanceof Ipv4Header v4) {
            learn(v4);
            echo(packet, header.length(), header.protocol());
            return;
        }
        Ipv6Chain chain = Ipv6Chain.walk(packet);
        if (chain.isFragment()) {
            FragmentHeader fragment =
                    FragmentHeader.read(packet, chain.fragment()).orElseThrow();
            if (fragment.offset() != 0) {
                return;
            }
            fragmentIds.add(fragment.identification());
        }
        flowLabels.add(((Ipv6Header) header).flowLabel());
        echo(packet, chain.offset(), chain.protocol());
    }

    /** A later fragment has the ID of the first one, and with DF the kernel may spare itself an ID and write 0. */
    private void learn(Ipv4Header header) {
        if (header.fragmentOffset() == 0 && !(header.dontFragment() && header.identification() == 0)) {
            ipIds.add(header.identification());
        }
    }

    private void echo(PacketBuffer packet, int offset, int protocol) {
        if (protocol == IpProtocol.ICMP.number() || protocol == IpProtocol.ICMPV6.number()) {
            echo(packet, offset);
        }
    }

    private void echo(PacketBuffer packet, int icmp) {
        boolean request =
                packet.length() >= icmp + 8 && (packet.u8(icmp) == ECHO_REQUEST || packet.u8(icmp) == ECHO_REQUEST_V6);
        if (request) {
            pingIds.add(packet.u16(icmp + 4));
            if (packet.length() >= icmp + 8 + TIME) {
                byte[] time = new byte[TIME];
                System.arraycopy(packet.array(), packet.start() + icmp + 8, time, 0, TIME);
                timestamps.add(Bytes.of(time));
            }
        }
    }

    private static boolean isIp(int protocol) {
        return List.of(IpProtocol.IPIP.number(), IpProtocol.IPV6.number()).contains(protocol);
    }

    private static boolean owns(LabHostSpec host, IpHeader header) {
        return host.interfaces().stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(address -> address.address().equals(header.source()));
    }

    private static <T> T next(Queue<T> queue, T otherwise) {
        return queue.isEmpty() ? otherwise : queue.remove();
    }

    @Override
    public int ipId() {
        return next(ipIds, otherwise.ipId());
    }

    @Override
    public int fragmentId() {
        return next(fragmentIds, otherwise.fragmentId());
    }

    @Override
    public int flowLabel() {
        return next(flowLabels, otherwise.flowLabel());
    }

    @Override
    public int pingId() {
        return next(pingIds, otherwise.pingId());
    }

    @Override
    public Bytes pingTimestamp() {
        return next(timestamps, otherwise.pingTimestamp());
    }
}
