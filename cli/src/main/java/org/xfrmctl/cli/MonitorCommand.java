package org.xfrmctl.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.tables.EventPrinter;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;
import org.xfrmctl.netlink.message.MessageFile;
import org.xfrmctl.netlink.text.MonitorText.Stamp;
import org.xfrmctl.netlink.xfrm.EventStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl monitor}: {@code ip xfrm monitor}. */
@Command(
        name = "monitor",
        header = "print events, as \"ip xfrm monitor\"",
        description = {
            "Print what happens to states and policies, as it happens or from a file, as \"ip xfrm monitor\" does;"
                    + " keys are hidden.",
            "Ends with Ctrl-C, or with the file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl monitor -ts                           all, with the time in front",
            "  xfrmctl monitor --json expire acquire         some, a line each",
            "  xfrmctl monitor --file events.bin             what \"ip xfrm monitor\" would print of it",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class MonitorCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Kernel kernel;
    private final InputStream standardInput;
    private final InstantSource clock;

    @Spec
    CommandSpec spec;

    @Mixin
    PrintOptions options;

    @ArgGroup
    Stamps stamps = new Stamps();

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description =
                    "Print the netlink messages of a file, as \"ip xfrm monitor file PATH\" does; - is standard input.")
    Optional<Path> file = Optional.empty();

    @Option(
            names = "--all-nsid",
            description = "Listen to all network namespaces that have an id in this one (\"ip netns set\").")
    boolean allNamespaces;

    @Parameters(
            paramLabel = "OBJECT",
            arity = "0..*",
            completionCandidates = MonitoredObject.Words.class,
            description = "Any of ${COMPLETION-CANDIDATES}; default: all.")
    List<String> objects = List.of();

    /** At most one of them. */
    static final class Stamps {
        @Option(
                names = {"-t", "--timestamp"},
                required = true,
                description = "Print the time on a line of its own, as ip -t does.")
        boolean timestamp;

        @Option(
                names = {"-ts", "--tshort"},
                required = true,
                description = "Print the time in front, as ip -ts does.")
        boolean shortTimestamp;

        Stamp chosen() {
            return timestamp ? Stamp.LONG : shortTimestamp ? Stamp.SHORT : Stamp.NONE;
        }
    }

    MonitorCommand(Kernel kernel, InputStream standardInput, InstantSource clock) {
        this.kernel = kernel;
        this.standardInput = standardInput;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<Integer> groups = groups();
        EventPrinter printer = new EventPrinter(
                options.printing(kernel),
                new EventPrinter.Front(clock, stamps.chosen(), allNamespaces),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        return file.isPresent() ? read(file.get(), printer) : listen(groups, printer);
    }

    private int read(Path path, EventPrinter printer) {
        try (InputStream in =
                path.equals(STANDARD_INPUT) ? standardInput : new BufferedInputStream(Files.newInputStream(path))) {
            MessageFile.read(in, message -> printer.message(message, OptionalInt.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedMessageException e) {
            throw new CommandFailedException(
                    path + ": " + e.getMessage(), "what stands before it was printed; is the file whole?");
        } finally {
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }

    private List<Integer> groups() {
        if (file.isPresent() && !objects.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "a file is printed whole: leave out \"" + String.join(" ", objects) + "\"");
        }
        List<MonitoredObject> chosen = objects.stream().map(this::object).toList();
        return MonitoredObject.groups(chosen.isEmpty() ? List.of(MonitoredObject.ALL) : chosen);
    }

    private MonitoredObject object(String word) {
        return MonitoredObject.find(word)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), UsageError.notAmong("OBJECT", word, MonitoredObject.words())));
    }

    private int listen(List<Integer> groups, EventPrinter printer) {
        try (EventStream stream = new EventStream(kernel.open(), groups)) {
            if (allNamespaces) {
                stream.listenToAllNamespaces();
            }
            while (!printer.isUnread()) {
                stream.next(printer);
            }
        } catch (TransportClosedException closed) {
            // The kernel is one that ends.
        }
        return ExitCode.DONE;
    }
}
