package org.xfrmctl.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.cli.daemon.DaemonHost;
import org.xfrmctl.cli.daemon.NetlinkDoor;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.metrics.KernelView;
import org.xfrmctl.cli.metrics.Scraper;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.IpAddress;

/** What a daemon tells Prometheus: all of its kernel, which knows of no definition. */
final class DaemonMetrics {
    private final DaemonHost host;
    private final NetlinkDoor door;
    /** They are those of its devices, which stay. */
    private final Set<IpAddress> own;

    DaemonMetrics(DaemonHost host, NetlinkDoor door) {
        this.host = host;
        this.door = door;
        this.own = host.addresses();
    }

    Scraper scraper(MetricsOptions options) {
        return new Scraper(new Scraper.Program(Version.ofProgram(), "daemon"), this::read, scrape -> {}, options::tell);
    }

    private KernelView read() {
        try (KernelSession session = new KernelSession(door.open())) {
            return new KernelView(
                    session.snapshot(),
                    new DesiredState(List.of(), List.of()),
                    Optional.empty(),
                    host.statistics(),
                    own);
        }
    }
}
