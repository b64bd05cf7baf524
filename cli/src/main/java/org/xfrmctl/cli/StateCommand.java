package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code xfrmctl state}: the kernel's states, byte for byte as {@code ip xfrm state} prints them. */
@Command(
        name = "state",
        description = "Print the kernel's states (the SAD) as \"ip xfrm state\" does, without keys.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StateCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DumpOptions options;

    StateCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        TablePrinter printer = new TablePrinter(
                options.text(kernel),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            return printer.print(messages -> client.dumpStates(DumpFilter.NONE, messages));
        }
    }
}
