package org.xfrmctl.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.cli.kernel.HostFiles;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.OpenDefaults;
import org.xfrmctl.cli.kernel.XfrmStat;
import org.xfrmctl.manager.doctor.Facts;
import org.xfrmctl.manager.doctor.PeerPath;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Asks a kernel and its host. */
public final class LiveFacts {
    /** What comes by them was decrypted, and who makes them sets disable_policy (strongSwan's documentation of VTIs). */
    public static final Set<String> TUNNELS = Set.of("vti", "vti6", "xfrm");

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
            Snapshot tables = Snapshot.read(XfrmTables.of(client));
            return new Facts(
                    tables,
                    OpenDefaults.ask(client),
                    after,
                    XfrmStat.rises(before, after),
                    facts.network(tables.states()));
        }
    }

    private Map<XfrmCounter, Long> counters() throws IOException {
        return proc.isPresent() ? XfrmStat.of(HostFiles.statistics(proc.get())) : Map.of();
    }

    private Facts.Network network(List<XfrmState> states) throws IOException {
        Optional<RouteClient> routes = kernel.openRoute().map(RouteClient::new);
        if (routes.isEmpty()) {
            return Facts.Network.UNKNOWN;
        }
        try (RouteClient client = routes.get()) {
            List<String> up = new ArrayList<>();
            for (Link link : client.listLinks()) {
                if (link.flags().isUp()
                        && !link.flags().isLoopback()
                        && link.kind().name().filter(TUNNELS::contains).isEmpty()) {
                    up.add(link.name());
                }
            }
            Set<IpAddress> own = client.listAddresses().stream()
                    .map(address -> address.prefix().address())
                    .collect(Collectors.toSet());
            List<PeerPath> paths = RoutedPeers.paths(client, states, own);
            if (proc.isEmpty()) {
                return new Facts.Network(Map.of(), up, own, Facts.Sockets.UNKNOWN, Facts.Filters.UNKNOWN, paths);
            }
            return new Facts.Network(
                    HostFiles.settings(proc.get()),
                    up,
                    own,
                    new Facts.Sockets(HostFiles.acquires(proc.get()), HostFiles.udpPorts(proc.get())),
                    new Facts.Filters(
                            HostFiles.firewall().flatMap(NftRules::read), HostFiles.legacyFilters(proc.get())),
                    paths);
        }
    }
}
