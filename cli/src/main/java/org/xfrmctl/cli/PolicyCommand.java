package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.netlink.text.PolicyText;
import org.xfrmctl.netlink.text.TextOptions;
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
        TextOptions text = options.text(kernel);
        var out = spec.commandLine().getOut();
        try (KernelSession session = new KernelSession(kernel.open())) {
            session.tables().listPolicies().forEach(policy -> out.print(PolicyText.print(policy, text)));
        }
        out.flush();
        return ExitCode.DONE;
    }
}
