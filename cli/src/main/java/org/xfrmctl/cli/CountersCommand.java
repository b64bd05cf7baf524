package org.xfrmctl.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.render.CountersJson;
import org.xfrmctl.cli.render.CountersText;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.model.definition.ChildName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl counters}: the states of a child as a table, with what each number means. */
@Command(
        name = "counters",
        description = "Show each child's states with their counters, and what each counter means.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class CountersCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    CountersCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        Wanted wanted = options.wanted();
        Set<ChildName> chosen = options.choose(wanted.outline(), names);
        Snapshot snapshot;
        try (KernelSession session = new KernelSession(kernel.open())) {
            snapshot = session.snapshot();
        }
        DesiredState desired = wanted.now(() -> journal.lookEpochs(kernel), snapshot, Set.of());
        List<CounterTable> tables = desired.children().stream()
                .filter(child -> chosen.contains(child.name()))
                .map(child -> CounterTable.of(child, desired, snapshot))
                .toList();
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(CountersJson.print(tables));
        } else {
            tables.forEach(table -> out.print(CountersText.print(table)));
        }
        out.flush();
        return ExitCode.DONE;
    }
}
