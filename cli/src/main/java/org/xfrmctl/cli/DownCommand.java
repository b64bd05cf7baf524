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
import org.xfrmctl.model.definition.PolicyOptions.OnDown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl down}: removes connections; what stays behind is up to their {@code on_down}. */
@Command(
        name = "down",
        description = "Remove connections. With on_down: block (the default) their traffic stays blocked.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class DownCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    DownCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    private static String rest(OnDown onDown) {
        return switch (onDown) {
            case BLOCK -> "its traffic is blocked (on_down: block)";
            case PASS -> "its traffic passes in clear (on_down: pass)";
        };
    }

    @Override
    public Integer call() {
        DesiredState desired = options.desired();
        Set<ChildName> chosen = options.choose(desired, names);
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        try (KernelSession session = new KernelSession(kernel.open())) {
            Plan plan = Planner.planDown(desired, chosen, session.snapshot());
            plan.warnings().forEach(warning -> err.println("warning: " + warning));
            new Applier(session.tables()).apply(plan, snapshot -> Planner.planDown(desired, chosen, snapshot));
            out.print(plan.isEmpty() ? "" : plan.text());
        }
        desired.children(chosen).forEach(child -> out.println("down: " + child.name() + ", " + rest(child.onDown())));
        err.flush();
        out.flush();
        return ExitCode.DONE;
    }
}
