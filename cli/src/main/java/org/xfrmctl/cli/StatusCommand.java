package org.xfrmctl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.render.StatusJson;
import org.xfrmctl.cli.render.StatusText;
import org.xfrmctl.manager.compile.DesiredState;
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

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    StatusCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        DesiredState desired = options.desired(names);
        List<ChildStatus> status;
        try (KernelSession session = new KernelSession(kernel.open())) {
            status = ChildStatus.of(desired, session.snapshot());
        }
        var out = spec.commandLine().getOut();
        out.print(json ? StatusJson.print(status) + "\n" : StatusText.print(desired, status));
        out.flush();
        return ExitCode.DONE;
    }
}
