package org.xfrmctl.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.xfrmctl.manager.doctor.Firewall;
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
    private static final List<String> SETTINGS = List.of(
            "net/ipv4/ip_forward",
            "net/ipv6/conf/all/forwarding",
            "net/ipv4/ip_no_pmtu_disc",
            "net/ipv4/tcp_mtu_probing",
            "net/ipv4/conf/all/rp_filter");

    private static final List<String> SETTINGS_OF_LINKS = List.of(
            "net/ipv4/conf/%s/rp_filter",
            "net/ipv4/conf/%s/disable_policy", "net/ipv4/conf/%s/disable_xfrm", "net/ipv6/conf/%s/disable_policy");

    private static final int ACQUIRE = 1;
    private static final int XFRM = 6;

    private final Kernel kernel;
    private final Optional<HostFiles> files;

    private LiveFacts(Kernel kernel) {
        this.kernel = kernel;
        this.files = kernel.files();
    }

    /**
     * Looks for this long at what rises.
     *
     * @throws NetlinkException if the kernel does not show its tables
     */
    public static Facts of(Kernel kernel, Duration watching) throws InterruptedException {
        LiveFacts facts = new LiveFacts(kernel);
        Map<XfrmCounter, Long> before = facts.counters();
        if (facts.files.isPresent()) {
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

    private Map<XfrmCounter, Long> counters() {
        return files.flatMap(host -> host.proc("net/xfrm_stat"))
                .map(XfrmStat::read)
                .orElse(Map.of());
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

    private Facts.Network network() {
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
            return new Facts.Network(sysctls(up), up, own, exits(client, links), acquires(), firewall());
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

    private Map<String, String> sysctls(List<String> links) {
        List<String> names = new ArrayList<>(SETTINGS);
        links.forEach(link -> SETTINGS_OF_LINKS.forEach(setting -> names.add(setting.formatted(link))));
        Map<String, String> values = new LinkedHashMap<>();
        files.ifPresent(host ->
                names.forEach(name -> host.proc("sys/" + name).ifPresent(value -> values.put(name, value.strip()))));
        return values;
    }

    /** Whether a socket is in the group to which the kernel tells what states it needs ({@code /proc/net/netlink}). */
    private Optional<Boolean> acquires() {
        return files.flatMap(host -> host.proc("net/netlink"))
                .map(text -> text.lines()
                        .skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .anyMatch(columns -> columns.length > 3
                                && columns[1].equals(Integer.toString(XFRM))
                                && (Long.parseUnsignedLong(columns[3], 16) & ACQUIRE) != 0));
    }

    private Optional<Firewall> firewall() {
        return files.flatMap(HostFiles::firewall).flatMap(rules -> {
            try {
                return Optional.of(NftRules.read(rules));
            } catch (JsonProcessingException e) {
                return Optional.empty(); // An nft without JSON prints its usage.
            }
        });
    }
}
