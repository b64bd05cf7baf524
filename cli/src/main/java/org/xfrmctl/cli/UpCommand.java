package org.xfrmctl.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.apply.Applier;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.model.definition.ChildName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl up}: makes the kernel hold what the definition says, or leaves it as it was. */
@Command(
        name = "up",
        description = "Install connections: all of their states and policies, or none.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class UpCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    UpCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        DesiredState desired = options.desired();
        Set<ChildName> chosen = options.choose(desired, names);
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        desired.warnings().forEach(warning -> err.println("warning: " + warning));
        try (KernelSession session = new KernelSession(kernel.open())) {
            Plan plan = Planner.plan(desired, chosen, session.snapshot());
            plan.warnings().forEach(warning -> err.println("warning: " + warning));
            new Applier(session.tables()).apply(plan, snapshot -> Planner.plan(desired, chosen, snapshot));
            out.print(plan.isEmpty() ? "" : plan.text());
        }
        desired.children(chosen).forEach(child -> out.println("up: " + child.name()));
        err.flush();
        out.flush();
        return ExitCode.DONE;
    }
}
