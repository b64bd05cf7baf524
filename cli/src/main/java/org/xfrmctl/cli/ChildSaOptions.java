package org.xfrmctl.cli;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.xfrmctl.cli.kernel.HostAddresses;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.ObservedChildSas;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ChildName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which states a command shows: of defined children, or all that the kernel has. */
final class ChildSaOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Option(
            names = "--all",
            description =
                    "All states of the kernel, whoever made them, by their gateways and reqids; reads no definition.")
    boolean all;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    /** They are looked at anew whenever they are asked for. */
    Supplier<List<ChildSa>> of(Kernel kernel, KernelSession session) {
        if (!all) {
            return defined(kernel, session);
        }
        if (!names.isEmpty() || !options.files.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--all shows what is in the kernel, whatever is defined: leave out NAME and -f");
        }
        Set<IpAddress> own = HostAddresses.of(kernel);
        return () -> ObservedChildSas.of(session.snapshot(), own);
    }

    private Supplier<List<ChildSa>> defined(Kernel kernel, KernelSession session) {
        Wanted wanted = options.wanted();
        Set<ChildName> chosen = options.choose(wanted.outline(), names);
        return () -> {
            Snapshot snapshot = session.snapshot();
            DesiredState desired = wanted.now(() -> journal.lookEpochs(kernel), snapshot, Set.of());
            return desired.children().stream()
                    .filter(child -> chosen.contains(child.name()))
                    .map(child -> ChildSa.of(child, desired, snapshot))
                    .toList();
        };
    }
}
