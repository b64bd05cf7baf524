package org.xfrmctl.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.cli.kernel.HostFiles;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.doctor.Exit;
import org.xfrmctl.manager.doctor.Facts;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.Hop;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.Route;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Asks a kernel and its host. */
public final class LiveFacts {
    private final Kernel kernel;
    private final Optional<Path> proc;

    private LiveFacts(Kernel kernel) {
        this.kernel = kernel;
        this.proc = kernel.proc();
    }

    /**
     * Looks for this long at what rises.
     *
     * @throws NetlinkException if the kernel does not show its tables
     */
    public static Facts of(Kernel kernel, Duration watching) throws InterruptedException, IOException {
        LiveFacts facts = new LiveFacts(kernel);
        Map<XfrmCounter, Long> before = facts.counters();
        if (facts.proc.isPresent()) {
            Thread.sleep(watching.toMillis());
        }
        Map<XfrmCounter, Long> after = facts.counters();
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            return new Facts(
                    Snapshot.read(XfrmTables.of(client)),
                    defaults(client),
                    after,
                    XfrmStat.rises(before, after),
                    facts.network());
        }
    }

    private Map<XfrmCounter, Long> counters() throws IOException {
        return proc.isPresent() ? XfrmStat.of(HostFiles.statistics(proc.get())) : Map.of();
    }

    /** Kernels before 5.15 have none to tell. */
    private static Optional<DefaultPolicies> defaults(XfrmClient client) {
        try {
            return Optional.of(client.getDefaults());
        } catch (NetlinkException e) {
            if (e.is(Errno.EINVAL) || e.is(Errno.EOPNOTSUPP)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Facts.Network network() throws IOException {
        Optional<RouteClient> routes = kernel.openRoute().map(RouteClient::new);
        if (routes.isEmpty()) {
            return Facts.Network.UNKNOWN;
        }
        try (RouteClient client = routes.get()) {
            Map<Integer, String> links = new LinkedHashMap<>();
            List<String> up = new ArrayList<>();
            for (Link link : client.listLinks()) {
                links.put(link.index(), link.name());
                if (link.flags().isUp() && !link.flags().isLoopback()) {
                    up.add(link.name());
                }
            }
            Set<IpAddress> own = client.listAddresses().stream()
                    .map(address -> address.prefix().address())
                    .collect(Collectors.toSet());
            List<Exit> exits = exits(client, links);
            if (proc.isEmpty()) {
                return new Facts.Network(Map.of(), up, own, exits, Optional.empty(), Optional.empty());
            }
            return new Facts.Network(
                    HostFiles.settings(proc.get()),
                    up,
                    own,
                    exits,
                    HostFiles.acquires(proc.get()),
                    HostFiles.firewall().flatMap(NftRules::read));
        }
    }

    private static List<Exit> exits(RouteClient client, Map<Integer, String> links) {
        return Stream.of(Family.INET, Family.INET6)
                .flatMap(family -> client.listRoutes(family, RouteTable.MAIN).stream())
                .sorted(Comparator.comparingInt(
                                (Route route) -> -route.key().destination().length())
                        .thenComparing(
                                route -> Integer.toUnsignedLong(route.key().metric())))
                .flatMap(route -> route.hops().stream()
                        .map(Hop::link)
                        .flatMap(link -> link.stream().boxed())
                        .map(link -> new Exit(route.key().destination(), links.getOrDefault(link, ""))))
                .toList();
    }
}
