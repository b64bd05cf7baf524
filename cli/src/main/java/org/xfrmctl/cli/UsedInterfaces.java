package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.List;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.link.ChildInterfaces;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.model.definition.LogicalInterface;

/** The interfaces that children use: they are made when these come up, and not taken away when these go down. */
final class UsedInterfaces {
    private final Kernel kernel;
    private final List<LogicalInterface> interfaces;

    UsedInterfaces(Kernel kernel, List<LogicalInterface> interfaces) {
        this.kernel = kernel;
        this.interfaces = interfaces;
    }

    static LinkSession open(Kernel kernel) {
        return kernel.openRoute()
                .map(LinkSession::over)
                .orElseThrow(() -> new CommandFailedException(
                        "this kernel has no interfaces: it is one of states and policies alone",
                        "run this on a real kernel, or in a lab (\"xfrmctl lab run\")"));
    }

    /** What is missing or differs. */
    List<LinkChange> plan() {
        if (interfaces.isEmpty()) {
            return List.of();
        }
        try (LinkSession links = open(kernel)) {
            return LinkPlanner.up(interfaces, links.tables().list());
        }
    }

    /** Does {@code work}, which brings the children up, and makes what is missing before and behind it. */
    void around(Runnable work, PrintWriter out) {
        if (interfaces.isEmpty()) {
            work.run();
            return;
        }
        try (LinkSession links = open(kernel)) {
            ChildInterfaces.around(interfaces, links.tables(), work, change -> {
                out.println(change);
                out.flush();
            });
        }
    }
}
