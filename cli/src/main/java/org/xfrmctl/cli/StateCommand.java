package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.tables.TableRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code xfrmctl state}: {@code ip xfrm state}. */
@Command(
        name = "state",
        description = "The states (the SAD), in the language of \"ip xfrm state\"; keys are hidden.",
        footer = {
            "%nstate list | count | get ID | add ID … | update ID … | delete ID | deleteall … | flush | allocspi ID …",
            "ID is src ADDR dst ADDR proto PROTO spi SPI. list and deleteall take src, dst, proto, spi, mode, reqid, flag,",
            "and more than ip: if_id, mark, dir. A key may be given as @FILE, a file of hex digits of mode 0600."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StateCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    PrintOptions options;

    @Mixin
    CommandWords words;

    StateCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        TableRun run = new TableRun(options.printing(kernel), line.getOut(), line.getErr());
        return run.run(words.read("state", kernel, line), kernel::open) ? ExitCode.DONE : ExitCode.FAILED;
    }
}
