package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** The rules and routing tables of a snapshot, walked as {@code fib_rules_lookup()} does. */
final class SavedRoutes {
    /**
     * A route.
     *
     * @param from packets must come from here
     * @param type as {@code ip route} has it
     * @param device the index of its link; 0 if it has none
     * @param mtu its own; 0 if it has none
     */
    record Entry(IpPrefix destination, IpPrefix from, long metric, String type, int device, int mtu, IpAddress source) {
        private boolean takes(Lookup packet) {
            return destination.family() == packet.destination().family()
                    && destination.contains(packet.destination())
                    && (from.length() == 0 || from.contains(packet.source()));
        }

        /** What comes is for those who listen here, if not for a daemon of multicast. */
        boolean isOfThisHost() {
            return OF_THIS_HOST.contains(type);
        }

        /** Whether this host's own packets come back to it. */
        boolean endsAtOnce() {
            return type.equals("local") || type.equals("anycast");
        }

        boolean isWay() {
            return type.equals("unicast") || isOfThisHost();
        }
    }

    private static final Set<String> OF_THIS_HOST = Set.of("local", "broadcast", "anycast", "multicast");

    private static final Comparator<Entry> NARROWEST = Comparator.comparingInt(
                    (Entry entry) -> entry.destination().length())
            .thenComparingInt(entry -> entry.from().length())
            .reversed()
            .thenComparingLong(Entry::metric);

    private final List<SavedRule> rules;
    private final Map<Integer, List<Entry>> tables = new HashMap<>();

    SavedRoutes(JsonNode routes, List<SavedRule> rules) {
        this.rules = List.copyOf(rules);
        for (JsonNode route : routes) {
            // Nothing is known of a packet's service.
            if (!route.has("tos")) {
                tables.computeIfAbsent(Members.number(route, "table"), number -> new ArrayList<>())
                        .add(entry(route));
            }
        }
        tables.values().forEach(entries -> entries.sort(NARROWEST));
    }

    private static Entry entry(JsonNode route) {
        IpPrefix destination = IpPrefix.parse(Members.text(route, "dst"));
        return new Entry(
                destination,
                route.has("from") ? IpPrefix.parse(Members.text(route, "from")) : IpPrefix.any(destination.family()),
                route.path("metric").asLong(),
                Members.text(route, "type"),
                route.path("ifindex").asInt(),
                route.path("mtu").asInt(),
                route.has("src") ? Members.address(route, "src") : IpAddress.any(destination.family()));
    }

    /**
     * What a packet has.
     *
     * @param entry empty if it has no route, or is refused
     * @param doubts rules before it that may be for the packet, by what is not understood of them
     */
    record Found(Optional<Entry> entry, List<SavedRule> doubts) {
        Found {
            doubts = List.copyOf(doubts);
        }
    }

    /** The route of a packet that must leave by the link of this index, 0 for any. */
    Found find(Lookup packet, int device) {
        List<SavedRule> doubts = new ArrayList<>();
        return new Found(find(packet, device, doubts), doubts);
    }

    private Optional<Entry> find(Lookup packet, int device, List<SavedRule> doubts) {
        long from = 0;
        for (SavedRule rule : rules) {
            if (rule.family() != packet.destination().family() || rule.priority() < from) {
                continue;
            }
            if (!rule.about().matches(packet)) {
                if (rule.about().mayMatch(packet)) {
                    doubts.add(rule);
                }
                continue;
            }
            switch (rule.action()) {
                case "goto" -> from = rule.goTo().orElse(from);
                case "nop" -> {
                    // The next one is asked.
                }
                case "lookup" -> {
                    Optional<Entry> found = find(rule, packet, device);
                    if (found.isPresent()) {
                        return found.filter(Entry::isWay);
                    }
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Entry> find(SavedRule rule, Lookup packet, int device) {
        return tables.getOrDefault(rule.table(), List.of()).stream()
                .filter(entry -> entry.takes(packet))
                .filter(entry -> device == 0 || entry.device() == 0 || entry.device() == device)
                .findFirst()
                .filter(entry -> !entry.type().equals("throw"))
                // What refuses ends the search all the same (fib_rules_lookup()).
                .filter(entry -> !entry.isWay() || entry.destination().length() > rule.suppressed());
    }
}
