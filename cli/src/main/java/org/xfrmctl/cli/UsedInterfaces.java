package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.List;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.manager.link.LinkRun;
import org.xfrmctl.model.definition.LogicalInterface;

/** The interfaces that children use: they are there before these come up, and are not taken away when these go down. */
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

    /** Makes what is missing, then does {@code work}; if that fails, what was made is removed again. */
    void around(Runnable work, PrintWriter out) {
        if (interfaces.isEmpty()) {
            work.run();
            return;
        }
        try (LinkSession links = open(kernel)) {
            List<LinkChange> changes = LinkPlanner.up(interfaces, links.tables().list());
            LinkRun made = LinkRun.apply(changes, links.tables());
            changes.forEach(out::println);
            out.flush();
            try {
                work.run();
            } catch (RuntimeException e) {
                made.undo().forEach(remains -> e.addSuppressed(new IllegalStateException("not undone: " + remains)));
                throw e;
            }
        }
    }
}
