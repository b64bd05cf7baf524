package org.xfrmctl.datapath.host.rules;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.host.rules.PacketRule.ClampMss;
import org.xfrmctl.datapath.host.rules.PacketRule.Hook;
import org.xfrmctl.datapath.host.rules.PacketRule.SetDf;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Reqid;

/** A host's rules, by who has installed them. They may be exchanged by any thread; packets are one thread's. */
public final class PacketRules {
    private static final int HEADERS_V4 = 40;
    private static final int HEADERS_V6 = 60;
    /** What is said where nothing sensible is left ({@code TCP_MSS_DEFAULT} in {@code get_tcpmss()}). */
    private static final int DEFAULT_MSS = 536;

    private static final int LONGEST = 0xffff;

    /** Never changed, only replaced. */
    private volatile Installed now = Installed.of(Map.of());

    /**
     * Puts these in place of all that their owners had, of all owners at once: no packet meets some of them alone. Who is given
     * no rules has none.
     */
    public synchronized void install(Map<String, List<PacketRule>> owners) {
        Map<String, List<PacketRule>> next = new LinkedHashMap<>(now.byOwner());
        owners.forEach((owner, rules) -> {
            if (rules.isEmpty()) {
                next.remove(owner);
            } else {
                next.put(owner, List.copyOf(rules));
            }
        });
        now = Installed.of(next);
    }

    /** Removes all that these owners had; that there is none is no error. */
    public synchronized void remove(Collection<String> owners) {
        Map<String, List<PacketRule>> next = new LinkedHashMap<>(now.byOwner());
        owners.forEach(next::remove);
        now = Installed.of(next);
    }

    /** What there is, by owner, in the order in which packets meet it. */
    public Map<String, List<PacketRule>> installed() {
        return now.byOwner();
    }

    /** A packet for this host. */
    public void input(Packet packet) {
        clamp(Hook.INPUT, packet.buffer(), came(packet), Optional.empty());
    }

    /** A packet in transit whose way is known, with what it will go through. */
    public void forward(Packet packet, Optional<Bundle> bundle, Routing routing) {
        if (!now.byOwner().isEmpty()) {
            Optional<Ways> ways = Optional.of(new Ways(bundle, routing));
            clamp(Hook.FORWARD, packet.buffer(), came(packet), ways);
            bundle.ifPresent(found -> leave(packet.buffer(), found, routing));
        }
    }

    /** A packet before it goes through a bundle. */
    public void leave(PacketBuffer packet, Bundle bundle, Routing routing) {
        if (!now.byOwner().isEmpty()) {
            Reqid reqid = bundle.steps().get(0).association().definition().reqid();
            clamp(Hook.POSTROUTING, packet, Optional.of(reqid), Optional.of(new Ways(Optional.of(bundle), routing)));
        }
    }

    /** A finished packet before it is cut and sent. */
    public void output(PacketBuffer packet) {
        List<SetDf> rules = now.df();
        if (rules.isEmpty() || !(IpHeader.read(packet).orElseThrow() instanceof Ipv4Header ip)) {
            return;
        }
        if (!ip.dontFragment() && !ip.isFragment() && isMeant(packet, rules)) {
            ip.dontFragment(true);
            ip.finish(ip.totalLength());
        }
    }

    private static boolean isMeant(PacketBuffer packet, List<SetDf> rules) {
        FlowKey key = FlowKey.of(Flow.of(packet).orElseThrow(), 0);
        return rules.stream().anyMatch(rule -> key.matches(rule.selector()));
    }

    /** By the first state, as {@code ipsec in reqid} has it. */
    private static Optional<Reqid> came(Packet packet) {
        List<SecurityAssociation> path = packet.path();
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(path.get(0).definition().reqid());
    }

    private void clamp(Hook hook, PacketBuffer packet, Optional<Reqid> reqid, Optional<Ways> ways) {
        List<ClampMss> rules = now.at(hook);
        if (reqid.isEmpty() || rules.isEmpty()) {
            return;
        }
        FlowKey key = FlowKey.of(Flow.of(packet).orElseThrow(), 0);
        for (ClampMss clamp : rules) {
            if (clamp.reqid().equals(reqid.get()) && key.matches(clamp.selector())) {
                if (clamp.byRoute()) {
                    ways.ifPresent(known -> TcpMss.lower(packet, known.mss(packet)));
                }
                clamp.most().ifPresent(most -> TcpMss.lower(packet, most));
            }
        }
    }

    /**
     * All rules, and the same as packets meet them.
     *
     * @param byOwner in the order of installation
     * @param clamps by hook; one that has none is not there
     */
    private record Installed(Map<String, List<PacketRule>> byOwner, Map<Hook, List<ClampMss>> clamps, List<SetDf> df) {
        /** Takes the map over. */
        static Installed of(Map<String, List<PacketRule>> byOwner) {
            Map<Hook, List<ClampMss>> clamps = all(byOwner, ClampMss.class)
                    .collect(Collectors.groupingBy(
                            ClampMss::hook, () -> new EnumMap<>(Hook.class), Collectors.toUnmodifiableList()));
            // Not copyOf, which forgets the order.
            return new Installed(
                    Collections.unmodifiableMap(byOwner),
                    clamps,
                    all(byOwner, SetDf.class).toList());
        }

        private static <T extends PacketRule> Stream<T> all(Map<String, List<PacketRule>> byOwner, Class<T> kind) {
            return byOwner.values().stream()
                    .flatMap(List::stream)
                    .filter(kind::isInstance)
                    .map(kind::cast);
        }

        List<ClampMss> at(Hook hook) {
            return clamps.getOrDefault(hook, List.of());
        }
    }

    /** What nftables calls {@code rt mtu}: of the packet's own way, with the transforms, and of the one back, in clear. */
    private record Ways(Optional<Bundle> bundle, Routing routing) {
        int mss(PacketBuffer packet) {
            IpHeader ip = IpHeader.read(packet).orElseThrow();
            int there = bundle.map(Bundle::mtu)
                    .or(() -> routing.path(ip.destination()).map(Routing.Path::mtu))
                    .orElse(LONGEST);
            int back = routing.path(ip.source()).map(Routing.Path::mtu).orElse(LONGEST);
            int least = Math.min(there, back);
            int headers = ip.family() == Family.INET6 ? HEADERS_V6 : HEADERS_V4;
            return least <= headers || least > LONGEST ? DEFAULT_MSS : least - headers;
        }
    }
}
