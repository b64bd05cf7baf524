package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkUse;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;

/** Tells of GRE and IPIP interfaces that a run has left without the policies which protected what they send. */
final class BaredTunnels {
    private final Kernel kernel;
    private final Optional<Snapshot> before;

    /** Made before the run. */
    BaredTunnels(Kernel kernel, Goal goal) {
        this.kernel = kernel;
        boolean takesAway = goal == Goal.APPLY || goal == Goal.DOWN;
        this.before = takesAway && !tunnels().isEmpty() ? Optional.of(snapshot()) : Optional.empty();
    }

    /** Called after it. */
    void tell(PrintWriter err) {
        before.ifPresent(known -> LinkUse.bared(tunnels(), known, snapshot())
                .forEach(name -> err.println("warning: interface " + name
                        + " is up and sends in clear, for no policy is left for what it wraps: \"xfrmctl interface down "
                        + name + "\" removes it")));
        err.flush();
    }

    private Snapshot snapshot() {
        try (KernelSession session = new KernelSession(kernel.open())) {
            return session.snapshot();
        }
    }

    /** A kernel that does not tell has none: no run fails for want of a warning. */
    private List<HeldLink> tunnels() {
        try {
            return kernel.openRoute().map(BaredTunnels::tunnelsOf).orElse(List.of());
        } catch (NetlinkException e) {
            return List.of();
        }
    }

    private static List<HeldLink> tunnelsOf(NetlinkTransport transport) {
        try (LinkSession links = LinkSession.over(transport)) {
            return links.tables().list().stream()
                    .filter(link -> link.isOurs() && link.kind().orElse(null) instanceof LogicalInterface.Kind.Tunnel)
                    .toList();
        }
    }
}
