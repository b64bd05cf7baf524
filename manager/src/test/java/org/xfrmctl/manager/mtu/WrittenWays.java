package org.xfrmctl.manager.mtu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.route.RouteQuery;

/** Ways by the queries for them, in their words; of others nothing is known. */
final class WrittenWays implements Ways {
    private final Map<String, Clear> ways = new HashMap<>();
    private final Map<IfId, Way> interfaces = new HashMap<>();
    private final Map<String, IpAddress> sources = new HashMap<>();
    private final List<IpAddress> own = new ArrayList<>();

    WrittenWays with(String query, int mtu, Way.Origin origin) {
        return with(query, "eth0", mtu, origin);
    }

    WrittenWays with(String query, String link, int mtu, Way.Origin origin) {
        ways.put(query, Clear.by(new Way(mtu, origin, false, Optional.of(new Way.Carrier(link, 1500)))));
        return this;
    }

    WrittenWays without(String query) {
        ways.put(query, Clear.REFUSED);
        return this;
    }

    WrittenWays own(String... addresses) {
        Stream.of(addresses).map(IpAddress::parse).forEach(own::add);
        return this;
    }

    WrittenWays sending(String query, String from) {
        sources.put(query, IpAddress.parse(from));
        return this;
    }

    WrittenWays through(int ifId, String name, int mtu) {
        interfaces.put(new IfId(ifId), new Way(mtu, Way.Origin.LINK, false, Optional.of(new Way.Carrier(name, mtu))));
        return this;
    }

    @Override
    public Way outer(RouteQuery query) {
        return inner(query).way().orElseThrow(() -> new AssertionError("nobody knows " + query));
    }

    @Override
    public Clear inner(RouteQuery query) {
        return ways.getOrDefault(query.toString(), Clear.UNKNOWN);
    }

    @Override
    public Optional<Way> through(IfId ifId) {
        return Optional.ofNullable(interfaces.get(ifId));
    }

    @Override
    public List<IpAddress> own() {
        return own;
    }

    @Override
    public Optional<IpAddress> source(RouteQuery query) {
        return Optional.ofNullable(sources.get(query.toString()));
    }
}
