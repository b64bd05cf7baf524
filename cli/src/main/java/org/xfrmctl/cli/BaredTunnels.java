package org.xfrmctl.cli;

import java.util.List;
import java.util.function.Supplier;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkUse;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.NetlinkTransport;

/**
 * Refuses a run that would leave GRE and IPIP interfaces without the policies which protect or stop what they send. To set
 * them down would be no better: what is routed to them would take other routes.
 */
final class BaredTunnels {
    private final List<HeldLink> tunnels;

    BaredTunnels(Kernel kernel, Goal goal) {
        this.tunnels = takesAway(goal) ? tunnels(kernel) : List.of();
    }

    /** The phases of a rekey change no policy, and a lockdown, which is never to fail for this, stops more than before. */
    private static boolean takesAway(Goal goal) {
        return Goal.WHOLE.contains(goal) && goal != Goal.LOCKDOWN;
    }

    /** Whether no run can do so. */
    boolean isEmpty() {
        return tunnels.isEmpty();
    }

    /** Called before a run, with what it would do to what there is. */
    void check(Plan plan, Supplier<Snapshot> snapshot) {
        List<String> bared =
                isEmpty() || !LinkUse.mayBare(plan) ? List.of() : LinkUse.bared(tunnels, snapshot.get(), plan);
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

    /** Where the kernel has links and does not tell them, nothing is taken away: the run fails. */
    private static List<HeldLink> tunnels(Kernel kernel) {
        return kernel.openRoute().map(BaredTunnels::tunnelsOf).orElse(List.of());
    }

    private static List<HeldLink> tunnelsOf(NetlinkTransport transport) {
        try (LinkSession links = LinkSession.over(transport)) {
            return links.tables().listLinks().stream()
                    .filter(link -> link.isOurs() && link.kind().orElse(null) instanceof LogicalInterface.Kind.Tunnel)
                    .toList();
        }
    }
}
