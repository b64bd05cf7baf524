package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;

/** Reads {@code local_ts} and {@code remote_ts} and checks that packets between them can exist. */
final class TrafficReader {
    private final Problems problems;

    TrafficReader(Problems problems) {
        this.problems = problems;
    }

    private record Located(TrafficSelector selector, Place place) {}

    Optional<Traffic> read(Section section, Endpoints endpoints, Mode mode) {
        Optional<List<Located>> local = side(section, "local_ts", endpoints.local());
        Optional<List<Located>> remote = side(section, "remote_ts", endpoints.remote());
        if (local.isEmpty() || remote.isEmpty()) {
            return Optional.empty();
        }
        lonely(local.get(), remote.get(), "remote_ts");
        lonely(remote.get(), local.get(), "local_ts");
        if (mode.equals(Mode.TRANSPORT)) {
            local.get().forEach(ts -> transport(ts, endpoints.local(), "local"));
            remote.get().forEach(ts -> transport(ts, endpoints.remote(), "remote"));
        }
        return Optional.of(new Traffic(selectors(local.get()), selectors(remote.get()), mode));
    }

    private static List<TrafficSelector> selectors(List<Located> located) {
        return located.stream().map(Located::selector).toList();
    }

    private Optional<List<Located>> side(Section section, String key, IpAddress endpoint) {
        Optional<Node> node = section.node(key);
        if (node.isEmpty()) {
            Node dynamic = new Node.Scalar("dynamic", false, section.place());
            return Optional.of(List.of(new Located(TrafficSelectorText.read(dynamic, endpoint), section.place())));
        }
        return problems.attempt(() -> Scalars.several(node.get(), "allowed is a list of subnets; write at least one"))
                .map(items -> items.stream()
                        .flatMap(item ->
                                problems
                                        .attempt(() ->
                                                new Located(TrafficSelectorText.read(item, endpoint), item.place()))
                                        .stream())
                        .toList())
                .filter(list -> !list.isEmpty());
    }

    /** A selector without a partner would silently protect nothing. */
    private void lonely(List<Located> side, List<Located> others, String otherKey) {
        for (Located ts : side) {
            if (others.stream().noneMatch(other -> ts.selector.pairsWith(other.selector))) {
                boolean family = others.stream()
                        .noneMatch(other -> other.selector.prefix().family()
                                == ts.selector.prefix().family());
                problems.add(
                        ts.place,
                        "found " + ts.selector + "; " + otherKey + " has no selector of "
                                + (family
                                        ? "its family ("
                                                + name(ts.selector.prefix().family()) + ")"
                                        : "its protocol or ICMP type")
                                + " to pair it with; add one or remove this one");
            }
        }
    }

    private static String name(Family family) {
        return family == Family.INET ? "IPv4" : "IPv6";
    }

    /** Transport mode leaves the IP header as it is: only the gateways' own packets can be meant. */
    private void transport(Located ts, IpAddress endpoint, String side) {
        if (!ts.selector.prefix().contains(endpoint)) {
            problems.add(
                    ts.place,
                    "found " + ts.selector + ", which does not hold the " + side + " address " + endpoint
                            + "; transport mode protects the two hosts themselves; write dynamic, or use mode tunnel");
        }
    }
}
