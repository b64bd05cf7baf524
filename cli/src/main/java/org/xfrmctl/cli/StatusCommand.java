package org.xfrmctl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.render.RunsText;
import org.xfrmctl.cli.render.StatusJson;
import org.xfrmctl.cli.render.StatusText;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.status.ChildStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl status}: how each defined child stands in the kernel. */
@Command(
        name = "status",
        description = "Show how each defined child stands in the kernel: UP, PARTIAL, DOWN or BLOCKED.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StatusCommand implements Callable<Integer> {
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

    StatusCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).isPresent();
    }

    @Override
    public Integer call() {
        DesiredState all = options.desired();
        DesiredState desired = all.only(options.choose(all, names));
        JournalRecord record = journal.look(kernel);
        Snapshot snapshot;
        try (KernelSession session = new KernelSession(kernel.open())) {
            snapshot = session.snapshot();
        }
        List<ChildStatus> status = ChildStatus.of(desired, snapshot);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(StatusJson.print(status));
        } else {
            out.print(StatusText.print(desired, status));
            out.print(names.isEmpty() ? RunsText.print(record.in(snapshot), all.names(), StatusCommand::isAlive) : "");
        }
        out.flush();
        return ExitCode.DONE;
    }
}
