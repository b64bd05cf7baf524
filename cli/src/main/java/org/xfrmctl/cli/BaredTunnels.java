package org.xfrmctl.cli;

import java.util.List;
import java.util.Set;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkUse;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;

/**
 * Refuses a run that would leave GRE and IPIP interfaces without the policies which protect or stop what they send. To set
 * them down would be no better: what is routed to them would take other routes.
 */
final class BaredTunnels {
    private final List<HeldLink> tunnels;

    BaredTunnels(Kernel kernel, Goal goal) {
        this.tunnels = goal == Goal.APPLY || goal == Goal.DOWN ? tunnels(kernel) : List.of();
    }

    /** Called before a run. */
    void check(Lifecycle lifecycle, KernelSession session, Goal goal, Set<ChildName> chosen) {
        List<String> bared = tunnels.isEmpty()
                ? List.of()
                : LinkUse.bared(tunnels, session.snapshot(), lifecycle.plan(goal, chosen));
        if (!bared.isEmpty()) {
            String names = String.join(" ", bared);
            throw new CommandFailedException(
                    "nothing was changed: no policy would be left for what " + names
                            + (bared.size() == 1 ? " wraps, and it is" : " wrap, and they are")
                            + " up: that would be sent in clear",
                    "\"xfrmctl interface down --force " + names + "\" removes "
                            + (bared.size() == 1 ? "it" : "them")
                            + " first, and what was routed there takes other routes, perhaps in clear; or have the child"
                            + " leave blocks (on_down: block)");
        }
    }

    /** A kernel that does not tell has none. */
    private static List<HeldLink> tunnels(Kernel kernel) {
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
