package org.xfrmctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.lab.LabRunner;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.cli.lab.StepResult;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl lab}: scenarios with several hosts on one machine. */
@Command(
        name = "lab",
        header = "scenarios with several hosts on this machine",
        description = "Run scenarios with several hosts on this machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl lab run examples/compress",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = LabCommand.Run.class,
        synopsisSubcommandLabel = "COMMAND")
public final class LabCommand {

    /** {@code xfrmctl lab run}: runs one scenario and says whether its expectations were met. */
    @Command(
            name = "run",
            header = "run a scenario",
            description = {
                "Run a lab file: hosts, links and steps.",
                "On the userspace backend every host is a kernel inside this process and no privilege is needed; on the"
                        + " kernel backend it is a network namespace, which needs root."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  xfrmctl lab run examples/compress",
                "  xfrmctl lab run --backend kernel --pcap /tmp/pcap examples/compress",
            },
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    static final class Run implements Callable<Integer> {
        /** Where a lab's hosts live. */
        enum Backend {
            userspace,
            kernel
        }

        @Spec
        CommandSpec spec;

        @Option(
                names = "--backend",
                paramLabel = "BACKEND",
                description = "Where the hosts live: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
        Backend backend = Backend.userspace;

        @Option(
                names = "--pcap",
                paramLabel = "DIR",
                description = "Write each link's packets to DIR/LINK.pcap; DIR is made if it is missing.")
        Optional<Path> pcap = Optional.empty();

        @Parameters(paramLabel = "LAB", description = "A lab file, or a directory with a lab.yaml.")
        Path lab;

        @Override
        public Integer call() {
            Scenario scenario = ScenarioReader.read(lab);
            pcap.ifPresent(Run::create);
            LabText text = new LabText(spec.commandLine().getOut());
            text.start(
                    scenario,
                    backend == Backend.userspace
                            ? "userspace kernels, no privileges"
                            : "this machine's kernel, network namespaces");
            try (StopRequest stop = StopRequest.watch(backend == Backend.kernel)) {
                return run(scenario, text, stop);
            }
        }

        /** A run that was stopped fails somewhere on its way; where and how is of no interest. */
        private int run(Scenario scenario, LabText text, StopRequest stop) {
            try {
                return steps(scenario, text, stop);
            } catch (RuntimeException e) {
                text.broken();
                if (!stop.isMade()) {
                    throw e;
                }
                spec.commandLine().getErr().println("xfrmctl: stopped by a signal; the lab is taken down");
                return ExitCode.FAILED;
            }
        }

        private int steps(Scenario scenario, LabText text, StopRequest stop) {
            try (Laboratory laboratory = open(scenario);
                    LabRunner runner = new LabRunner(scenario, laboratory)) {
                List<StepResult> results;
                try {
                    List<Laboratory.Capture> captures = captures(scenario, laboratory);
                    results = runner.run(text);
                    captures.forEach(Laboratory.Capture::close);
                } finally {
                    stop.ignoreFromHere();
                }
                text.end(results);
                return results.stream().allMatch(result -> result.failures().isEmpty())
                        ? ExitCode.DONE
                        : ExitCode.FAILED;
            }
        }

        private List<Laboratory.Capture> captures(Scenario scenario, Laboratory laboratory) {
            List<Laboratory.Capture> captures = new ArrayList<>();
            pcap.ifPresent(directory -> scenario.topology()
                    .links()
                    .forEach(link ->
                            captures.add(laboratory.capture(link.name(), directory.resolve(link.name() + ".pcap")))));
            return captures;
        }

        private static void create(Path directory) {
            try {
                Files.createDirectories(directory);
            } catch (FileAlreadyExistsException e) {
                throw new CommandFailedException(e.getFile() + " is no directory", "name another one with --pcap");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Laboratory open(Scenario scenario) {
            return backend == Backend.userspace
                    ? new UserspaceLaboratory(scenario.topology())
                    : NamespaceLaboratory.open(scenario.topology());
        }
    }
}
