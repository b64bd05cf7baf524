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
        header = "states, as \"ip xfrm state\"",
        description = {
            "The states (the SAD), in the language of \"ip xfrm state\"; keys are hidden.",
            "Commands: list, count, get ID, add ID …, update ID …, delete ID, deleteall …, flush, allocspi ID …",
            "ID is src ADDR dst ADDR proto PROTO spi SPI. list and deleteall take src, dst, proto, spi, mode, reqid, flag,"
                    + " and more than ip: if_id, mark, dir. A key may be given as @FILE, a file of hex digits of mode 0600."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl state -s                              all, with counters",
            "  xfrmctl state list if_id 42 dir out           some",
            "  xfrmctl state get src 192.0.2.1 dst 192.0.2.2 proto esp spi 0xc1000001",
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
