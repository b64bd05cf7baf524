package org.xfrmctl.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.xfrmctl.cli.colour.Painting;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.output.Looks;
import org.xfrmctl.cli.render.CountersJson;
import org.xfrmctl.cli.render.CountersText;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterRates;
import org.xfrmctl.manager.status.CounterTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xfrmctl counters}: the states of a child as a table, with what each number means. */
@Command(
        name = "counters",
        header = "show the states of children with their counters",
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
    ChildSaOptions children;

    @Mixin
    LookOptions look;

    @Mixin
    ColourOptions colour;

    @Option(names = "--json", description = "Print JSON; with --watch, an object on each line.")
    boolean json;

    CountersCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        look.check(spec);
        try (KernelSession session = new KernelSession(kernel.open())) {
            Supplier<List<ChildSa>> found = children.of(kernel, session);
            RisingCounters counters = new RisingCounters();
            return look.show(
                    spec,
                    json,
                    looks -> LookOptions.Seen.done(
                            looks.isPresent()
                                    ? print(looks.get(), counters.at(looks.get(), found.get()))
                                    : once(found.get().stream()
                                            .map(CounterTable::of)
                                            .toList())));
        }
    }

    private String once(List<CounterTable> tables) {
        return json
                ? CountersJson.print(tables) + System.lineSeparator()
                : colour.paint(
                        spec,
                        Painting.COUNTERS,
                        tables.stream().map(CountersText::print).collect(Collectors.joining()));
    }

    private String print(Looks looks, List<CounterRates> rates) {
        return json
                ? CountersJson.printLine(looks.time().toEpochMilli(), rates) + System.lineSeparator()
                : colour.paint(
                        spec,
                        Painting.COUNTERS,
                        rates.stream().map(CountersText::print).collect(Collectors.joining()));
    }
}
