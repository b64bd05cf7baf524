package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.output.Looks;
import org.xfrmctl.cli.render.CountersJson;
import org.xfrmctl.cli.render.CountersText;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterRates;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.manager.status.ObservedChildSas;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.route.RouteClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl counters}: the states of a child as a table, with what each number means. */
@Command(
        name = "counters",
        description = {
            "Show each child's states with their counters in the order in which packets meet them, and what each counter"
                    + " means.",
            "--all takes no definition: it shows what is in the kernel, whoever put it there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl counters home/net",
            "  xfrmctl counters --all --watch      every second, with rates",
            "  xfrmctl counters --all --watch=10 --count=6 --json",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class CountersCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Mixin
    LookOptions look;

    @Option(
            names = "--all",
            description = "All states of the kernel, by their gateways and reqids; reads no definition.")
    boolean all;

    @Option(names = "--json", description = "Print JSON; with --watch, an object on each line.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    CountersCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        if (all && !(names.isEmpty() && options.files.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--all shows what is in the kernel, whatever is defined: leave out NAME and -f");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (KernelSession session = new KernelSession(kernel.open())) {
            Supplier<List<CounterTable>> tables = all ? observed(session) : defined(session);
            if (look.isOnce()) {
                out.print(once(tables.get()));
                out.flush();
                return ExitCode.DONE;
            }
            Looks looks = look.looks(spec, json);
            List<CounterTable> before = List.of();
            while (looks.next()) {
                List<CounterTable> now = tables.get();
                looks.show(print(looks, before, now));
                before = now;
            }
        }
        return ExitCode.DONE;
    }

    private String once(List<CounterTable> tables) {
        return json
                ? CountersJson.print(tables) + System.lineSeparator()
                : tables.stream().map(CountersText::print).collect(Collectors.joining());
    }

    private String print(Looks looks, List<CounterTable> before, List<CounterTable> tables) {
        List<CounterRates> rates =
                tables.stream().map(now -> rates(before, now, looks.nanos())).toList();
        return json
                ? CountersJson.printLine(looks.time().toEpochMilli(), rates) + System.lineSeparator()
                : rates.stream().map(CountersText::print).collect(Collectors.joining());
    }

    private static CounterRates rates(List<CounterTable> before, CounterTable now, long nanos) {
        return before.stream()
                .filter(table -> table.name().equals(now.name()))
                .findFirst()
                .map(table -> CounterRates.since(table, now, nanos))
                .orElseGet(() -> CounterRates.first(now));
    }

    private Supplier<List<CounterTable>> defined(KernelSession session) {
        Wanted wanted = options.wanted();
        Set<ChildName> chosen = options.choose(wanted.outline(), names);
        return () -> {
            Snapshot snapshot = session.snapshot();
            DesiredState desired = wanted.now(() -> journal.lookEpochs(kernel), snapshot, Set.of());
            return desired.children().stream()
                    .filter(child -> chosen.contains(child.name()))
                    .map(child -> CounterTable.of(ChildSa.of(child, desired, snapshot)))
                    .toList();
        };
    }

    private Supplier<List<CounterTable>> observed(KernelSession session) {
        Set<IpAddress> own = addresses();
        return () -> ObservedChildSas.of(session.snapshot(), own).stream()
                .map(CounterTable::of)
                .toList();
    }

    private Set<IpAddress> addresses() {
        return kernel.openRoute()
                .map(RouteClient::new)
                .map(client -> {
                    try (client) {
                        return client.listAddresses().stream()
                                .map(address -> address.prefix().address())
                                .collect(Collectors.toSet());
                    }
                })
                .orElse(Set.of());
    }
}
