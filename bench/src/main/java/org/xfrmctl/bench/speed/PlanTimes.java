package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * How long a plan for many connections takes on the userspace kernel, with the dumps that it needs: from nothing, and when
 * all are there. Nothing here has a peer: what is told is time.
 *
 * <p>Arguments: how many rounds, and how many connections.
 */
final class PlanTimes {
    /** Two states and three policies, each of which is a block first. */
    private static final int CHANGES = 2 + 2 * 3;

    private PlanTimes() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("xfrmctl-plans");
        ManyConnections connections = new ManyConnections(directory, Integer.parseInt(arguments[1]));
        connections.write();
        Definition definition = DefinitionReader.read(connections.definition());
        DesiredState desired = ConnectionCompiler.compile(definition, ManyConnections.keys(definition));
        String machine = new Machine(new Program(directory)).describe();
        connections.delete();
        List<Duration> nothing = new ArrayList<>();
        List<Duration> all = new ArrayList<>();
        for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
            try (XfrmClient client =
                    new XfrmClient(new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random(1))).open())) {
                Lifecycle lifecycle =
                        new Lifecycle(desired, XfrmTables.of(client), Journal.inMemory(), Clock.systemUTC());
                nothing.add(plan(lifecycle, desired, CHANGES * connections.count()));
                lifecycle.run(Goal.UP, desired.names());
                all.add(plan(lifecycle, desired, 0));
            }
        }
        System.out.println(machine + "; " + Machine.load());
        MarkdownTable table = new MarkdownTable(1, "plan for " + connections.count() + " connections", "ms");
        table.row("from nothing", Times.of(nothing).dividedBy(1e6).text("%.0f"));
        table.row("when all are there", Times.of(all).dividedBy(1e6).text("%.0f"));
        System.out.println(table);
    }

    private static Duration plan(Lifecycle lifecycle, DesiredState desired, int changes) {
        long start = System.nanoTime();
        int planned = lifecycle.plan(Goal.UP, desired.names()).changes().size();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (planned != changes) {
            throw new IllegalStateException(planned + " changes were planned and should have been " + changes);
        }
        return time;
    }
}
