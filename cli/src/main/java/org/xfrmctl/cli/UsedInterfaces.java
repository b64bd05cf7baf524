package org.xfrmctl.cli;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.link.ChildInterfaces;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.manager.link.LinkRun;
import org.xfrmctl.manager.link.LinkRunException;
import org.xfrmctl.manager.link.LinkTables;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.NetlinkException;

/** The interfaces that children use: they are made when these come up, or are to be stopped or trapped, and never taken away. */
final class UsedInterfaces {
    private final Kernel kernel;
    private final Goal goal;
    private final List<LogicalInterface> interfaces;
    private final List<LogicalInterface> defined;

    UsedInterfaces(Kernel kernel, Wanted wanted, Goal goal, Set<ChildName> chosen) {
        this(kernel, wanted, goal, chosen, Set.of());
    }

    /** Without those of some names. */
    UsedInterfaces(Kernel kernel, Wanted wanted, Goal goal, Set<ChildName> chosen, Set<String> unkept) {
        this.kernel = kernel;
        this.goal = goal;
        this.interfaces = !goal.usesInterfaces()
                ? List.of()
                : wanted.interfaces(chosen).stream()
                        .filter(each -> !unkept.contains(each.name()))
                        .toList();
        this.defined = wanted.interfaces();
    }

    List<String> names() {
        return interfaces.stream().map(LogicalInterface::name).toList();
    }

    static LinkSession open(Kernel kernel) {
        return kernel.openLinks()
                .orElseThrow(() -> new CommandFailedException(
                        "this kernel has no interfaces: it is one of states and policies alone",
                        "run this on a real kernel, or in a lab (\"xfrmctl lab run\")"));
    }

    /** What is missing or differs. */
    List<LinkChange> plan(Consumer<String> warnings) {
        if (interfaces.isEmpty()) {
            return List.of();
        }
        if (goal == Goal.LOCKDOWN) {
            return interfaces.stream()
                    .flatMap(each -> lead(each, (changes, links) -> {}, warnings).stream())
                    .toList();
        }
        try (LinkSession links = open(kernel)) {
            return LinkPlanner.up(interfaces, defined, links.tables().list());
        }
    }

    /** Does {@code work}, which brings the children to the goal, and makes what is missing before and behind it. */
    void around(Runnable work, RunTold told) {
        if (interfaces.isEmpty()) {
            work.run();
        } else if (goal == Goal.LOCKDOWN) {
            work.run();
            interfaces.forEach(each -> lead(each, LinkRun::apply, told::warning).forEach(told::link));
        } else {
            try (LinkSession links = open(kernel);
                    KernelSession tables = new KernelSession(kernel.open())) {
                ChildInterfaces.around(interfaces, defined, links.tables(), tables::snapshot, work, told::link);
            }
        }
    }

    /**
     * Plans the way to blocks, which are worth having without it: what is in its way is no failure, and nothing is taken
     * away. Gives what was {@code done}.
     */
    private List<LinkChange> lead(
            LogicalInterface each, BiConsumer<List<LinkChange>, LinkTables> done, Consumer<String> warnings) {
        try (LinkSession links = open(kernel)) {
            List<LinkChange> changes = LinkPlanner.up(
                            List.of(each), defined, links.tables().list())
                    .stream()
                    .filter(change -> !change.takesAway())
                    .toList();
            done.accept(changes, links.tables());
            return changes;
        } catch (PlanConflictException | LinkRunException | NetlinkException | CommandFailedException e) {
            warnings.accept("no packet is led to the blocks by interface " + each.name() + ": " + e.getMessage());
            return List.of();
        }
    }
}
