package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code xfrmctl policy}: the kernel's policies, byte for byte as {@code ip xfrm policy} prints them. */
@Command(
        name = "policy",
        description = "Print the kernel's policies (the SPD) as \"ip xfrm policy\" does.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class PolicyCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DumpOptions options;

    PolicyCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        TablePrinter printer = new TablePrinter(
                options.text(kernel),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            return printer.print(client::dumpPolicies);
        }
    }
}
