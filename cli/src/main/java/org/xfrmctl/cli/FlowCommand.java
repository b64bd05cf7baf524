package org.xfrmctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.xfrmctl.cli.colour.Painting;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.render.FlowSvg;
import org.xfrmctl.cli.render.FlowText;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterRates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xfrmctl flow}: the way of packets through the states of a child, as a drawing. */
@Command(
        name = "flow",
        header = "draw the way of packets through the states",
        description = "Draw the way of each child's packets through its states, out and in, with the counters at it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl flow home/net",
            "  xfrmctl flow --all --watch          every second, with rates",
            "  xfrmctl flow --svg home.svg home    a picture",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class FlowCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    ChildSaOptions children;

    @Mixin
    LookOptions look;

    @Mixin
    ColourOptions colour;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write a picture (SVG) instead; - is standard output.")
    Optional<Path> svg = Optional.empty();

    @Option(names = "--ascii", description = "Draw with ASCII alone.")
    boolean ascii;

    FlowCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (svg.isPresent() && !look.isOnce()) {
            throw new ParameterException(spec.commandLine(), "a picture does not move: leave out --watch or --svg");
        }
        look.check(spec);
        try (KernelSession session = new KernelSession(kernel.open())) {
            Supplier<List<ChildSa>> found = children.of(kernel, session);
            RisingCounters counters = new RisingCounters();
            return look.show(spec, false, looks -> {
                List<ChildSa> now = found.get();
                return LookOptions.Seen.done(looks.isPresent() ? text(now, counters.at(looks.get(), now)) : once(now));
            });
        }
    }

    private String once(List<ChildSa> found) {
        List<CounterRates> still = RisingCounters.still(found);
        if (svg.isEmpty()) {
            return text(found, still);
        }
        if (svg.get().toString().equals("-")) {
            return FlowSvg.print(found, still);
        }
        write(svg.get(), FlowSvg.print(found, still));
        return "";
    }

    private static void write(Path file, String picture) {
        try {
            Files.writeString(file, picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(List<ChildSa> found, List<CounterRates> rates) {
        List<String> drawings = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String drawing = FlowText.print(found.get(i), rates.get(i));
            drawings.add(ascii ? FlowText.ascii(drawing) : drawing);
        }
        return colour.paint(spec, Painting.FLOW, String.join("\n", drawings));
    }
}
