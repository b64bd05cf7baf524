package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xfrmctl.cli.explain.Surroundings;
import org.xfrmctl.cli.explain.Traveller;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** A host as the files of a snapshot have it: packets are routed by its rules and tables. */
final class SavedSurroundings implements Surroundings {
    private static final String LOOPBACK = "lo";
    private static final int DEFAULT_MTU = 1500;
    private static final int LONGEST_V4 = 65_535;

    /** What IPv4 takes for multicast and broadcast whatever the route to it ({@code __mkroute_output()}). */
    private static final List<IpPrefix> FOR_MANY =
            List.of(IpPrefix.parse("224.0.0.0/4"), IpPrefix.parse("255.255.255.255/32"));

    /** A link; {@code mtuV6} is what IPv6 takes of it. */
    private record Device(int index, String name, int mtu, int mtuV6) {}

    private final SavedRoutes routes;
    private final Optional<JsonNode> settings;
    private final Map<Integer, Device> devices = new HashMap<>();
    private final Map<Integer, IfId> entrances = new HashMap<>();
    private final Set<IpAddress> own = new HashSet<>();
    /** Priorities of rules that were passed over without being understood. */
    private final SortedSet<Long> doubts = new TreeSet<>();

    SavedSurroundings(SavedRoutes routes, JsonNode links, JsonNode addresses, Optional<JsonNode> settings) {
        this.routes = routes;
        this.settings = settings;
        for (JsonNode link : links) {
            int index = link.path("ifindex").asInt();
            String name = link.path("name").asText();
            int mtu = link.path("mtu").asInt(DEFAULT_MTU);
            devices.put(
                    index, new Device(index, name, mtu, Math.min(mtu, setting("net/ipv6/conf/" + name + "/mtu", mtu))));
            Members.member(link, "if_id")
                    .ifPresent(bits -> entrances.put(index, new IfId(Members.bits(bits.asText()))));
        }
        addresses.forEach(address ->
                own.add(IpPrefix.parse(address.path("address").asText()).address()));
    }

    private int setting(String name, int otherwise) {
        return settings.map(all -> all.path(name).asInt(otherwise)).orElse(otherwise);
    }

    @Override
    public boolean isLocal(IpAddress address) {
        return own.contains(address);
    }

    @Override
    public int interfaceIndex(String name) {
        return devices.values().stream()
                .filter(device -> device.name().equals(name))
                .mapToInt(Device::index)
                .findFirst()
                .orElse(0);
    }

    @Override
    public Optional<IfId> entrance(Traveller packet) {
        return route(packet).flatMap(path -> Optional.ofNullable(entrances.get(path.device())));
    }

    @Override
    public Routing routing(Traveller packet) {
        return new Routing() {
            @Override
            public Optional<Path> path(IpAddress destination) {
                return destination.equals(packet.flow().destination())
                        ? route(packet)
                        : find(Lookup.to(destination), 0);
            }

            @Override
            public Optional<Path> path(Outer outer) {
                Lookup lookup = Lookup.to(outer.destination()).marked(outer.mark());
                return find(isLocal(outer.source()) ? lookup.from(outer.source()) : lookup, 0);
            }

            @Override
            public boolean sendsFrom(IpAddress source) {
                return source.family() == Family.INET6 || isLocal(source);
            }
        };
    }

    private Optional<Routing.Path> route(Traveller packet) {
        IpAddress source = packet.flow().source();
        Lookup lookup = Lookup.to(packet.flow().destination())
                .marked(packet.mark())
                .carrying(
                        packet.flow().protocol(),
                        packet.flow().sourcePort(),
                        packet.flow().destinationPort());
        if (packet.passedOn()) {
            return passOn(packet, lookup);
        }
        Lookup sent = isLocal(source) ? lookup.from(source) : lookup;
        Device bound = devices.get(packet.device());
        return bound == null ? find(sent, 0) : find(sent.leavingBy(bound.name()), bound.index());
    }

    /** Where nobody says it, a packet comes by the link that leads back to its source. */
    private Optional<Routing.Path> passOn(Traveller packet, Lookup lookup) {
        int index = packet.device() != 0
                ? packet.device()
                : find(Lookup.to(packet.flow().source()), 0)
                        .map(Routing.Path::device)
                        .orElse(0);
        Device device = devices.get(index);
        if (device == null) {
            return find(lookup, 0);
        }
        boolean closed = packet.flow().source().family() == Family.INET
                && setting("net/ipv4/conf/" + device.name() + "/forwarding", 1) == 0;
        return closed
                ? Optional.empty()
                : find(lookup.from(packet.flow().source()).arrivingBy(device.name()), 0);
    }

    private Optional<Routing.Path> find(Lookup packet, int bound) {
        SavedRoutes.Found answer = routes.find(packet, bound);
        answer.doubts().forEach(rule -> doubts.add(rule.priority()));
        Optional<Routing.Path> found = answer.entry().map(entry -> path(entry, packet.destination()));
        // Who says the link of an IPv4 packet need not have a route: the destination is taken to be on it.
        return found.isPresent() || bound == 0 || packet.destination().family() == Family.INET6
                ? found
                : Optional.of(new Routing.Path(mtu(bound, Family.INET), IpAddress.any(Family.INET), bound));
    }

    @Override
    public Optional<String> doubt() {
        return doubts.isEmpty()
                ? Optional.empty()
                : Optional.of("rules.json has not all of what these rules ask for, so they are passed over: "
                        + doubts.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + "; the host may go by them, so ask it there");
    }

    private Routing.Path path(SavedRoutes.Entry entry, IpAddress destination) {
        Family family = destination.family();
        int device = device(entry);
        int mtu = entry.mtu() != 0 ? entry.mtu() : mtu(device, family);
        return new Routing.Path(
                family == Family.INET ? Math.min(mtu, LONGEST_V4) : mtu,
                entry.source(),
                device,
                entry.isOfThisHost() || FOR_MANY.stream().anyMatch(prefix -> prefix.contains(destination)));
    }

    /** What a host sends to itself goes by {@code lo}, whichever link has the address ({@code ip6_rt_get_dev_rcu()}). */
    private int device(SavedRoutes.Entry entry) {
        int loopback = entry.endsAtOnce() ? interfaceIndex(LOOPBACK) : 0;
        return loopback != 0 ? loopback : entry.device();
    }

    private int mtu(int index, Family family) {
        Device device = devices.get(index);
        if (device == null) {
            return DEFAULT_MTU;
        }
        return family == Family.INET6 ? device.mtuV6() : device.mtu();
    }
}
