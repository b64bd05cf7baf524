package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/**
 * The routes of a snapshot: the table of local addresses is asked first, then the main one, then the default one, each for
 * the longest prefix. Rules, and so other tables, are not followed.
 */
final class SavedRouting implements Routing {
    private static final List<Integer> TABLES = List.of(255, 254, 253);
    private static final int DEFAULT_MTU = 1500;

    private record Entry(int table, IpPrefix destination, long metric, boolean reachable, Path path) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<IpAddress> own = new HashSet<>();
    private final Map<Integer, IfId> entrances = new HashMap<>();

    private SavedRouting() {}

    static SavedRouting of(JsonNode routes, JsonNode links, JsonNode addresses) {
        SavedRouting routing = new SavedRouting();
        Map<Integer, Integer> mtus = new HashMap<>();
        links.forEach(
                link -> mtus.put(link.path("ifindex").asInt(), link.path("mtu").asInt()));
        links.forEach(link -> Members.member(link, "if_id")
                .ifPresent(bits ->
                        routing.entrances.put(link.path("ifindex").asInt(), new IfId(Members.bits(bits.asText())))));
        addresses.forEach(address ->
                routing.own.add(IpPrefix.parse(address.path("address").asText()).address()));
        routes.forEach(route -> routing.entries.add(entry(route, mtus)));
        routing.entries.sort(Comparator.comparingInt((Entry entry) -> TABLES.indexOf(entry.table))
                .thenComparing(Comparator.comparingInt((Entry entry) -> entry.destination.length())
                        .reversed())
                .thenComparingLong(Entry::metric));
        return routing;
    }

    private static Entry entry(JsonNode route, Map<Integer, Integer> mtus) {
        IpPrefix destination = IpPrefix.parse(route.path("dst").asText());
        int device = route.path("ifindex").asInt();
        int mtu = route.path("mtu").asInt(mtus.getOrDefault(device, DEFAULT_MTU));
        IpAddress source =
                route.has("src") ? IpAddress.parse(route.path("src").asText()) : IpAddress.any(destination.family());
        String type = route.path("type").asText();
        return new Entry(
                route.path("table").asInt(),
                destination,
                route.path("metric").asLong(),
                type.equals("unicast") || type.equals("local"),
                new Path(mtu, source, device));
    }

    boolean isLocal(IpAddress address) {
        return own.contains(address);
    }

    /** The if_id of the XFRM interface that the route there leads to. */
    Optional<IfId> entrance(IpAddress destination) {
        return path(destination).flatMap(path -> Optional.ofNullable(entrances.get(path.device())));
    }

    @Override
    public Optional<Path> path(IpAddress destination) {
        return entries.stream()
                .filter(entry -> TABLES.contains(entry.table)
                        && entry.destination.family() == destination.family()
                        && entry.destination.contains(destination))
                .findFirst()
                .filter(Entry::reachable)
                .map(Entry::path);
    }

    @Override
    public boolean sendsFrom(IpAddress source) {
        return source.family() == Family.INET6 || isLocal(source);
    }
}
