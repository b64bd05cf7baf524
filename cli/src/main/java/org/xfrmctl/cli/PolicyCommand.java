package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.tables.TableRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code xfrmctl policy}: {@code ip xfrm policy}. */
@Command(
        name = "policy",
        header = "policies, as \"ip xfrm policy\"",
        description = {
            "The policies (the SPD), in the language of \"ip xfrm policy\".",
            "Commands: list, count, get …, add …, update …, delete …, deleteall …, flush, set, setdefault, getdefault",
            "list and deleteall take a selector, dir, action, priority, index, ptype, flag, and more than ip: if_id, mark."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl policy                                all",
            "  xfrmctl policy list dir in src 10.0.0.0/8     some",
            "  xfrmctl policy deleteall dir fwd              however many there are",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class PolicyCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    PrintOptions options;

    @Mixin
    CommandWords words;

    PolicyCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        TableRun run = new TableRun(options.printing(kernel), line.getOut(), line.getErr());
        return run.run(words.read("policy", kernel, line), kernel::open) ? ExitCode.DONE : ExitCode.FAILED;
    }
}
