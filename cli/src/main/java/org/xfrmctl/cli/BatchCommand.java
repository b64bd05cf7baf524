package org.xfrmctl.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelOpening;
import org.xfrmctl.cli.render.BatchJson;
import org.xfrmctl.cli.render.BatchReport;
import org.xfrmctl.cli.render.Count;
import org.xfrmctl.cli.tables.BatchRun;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.command.BatchFile;
import org.xfrmctl.netlink.command.IpCommandParser;
import org.xfrmctl.netlink.text.ProtocolNames;
import org.xfrmctl.netlink.text.StateText;
import org.xfrmctl.netlink.text.TextOptions;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl batch}: makes the changes of a file of {@code ip xfrm} commands, all of which it reads first. */
@Command(
        name = "batch",
        header = "make the changes of a file of \"ip xfrm\" commands",
        description = {
            "Make the changes that a file of \"ip xfrm\" commands asks for, one a line, as \"ip -batch\" does.",
            "All lines are checked before the first is sent; a change that the kernel refuses is told, and the others"
                    + " are made.",
            "Lines are as for ip -batch: \"xfrm state add …\", # comments, a backslash continues a line. A key may be given as"
                    + " @FILE: hex digits, in a file of mode 0600 beside this one."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl batch carol.batch",
            "  xfrmctl batch --dry-run carol.batch           check it, and send nothing",
            "  echo \"xfrm state flush\" | xfrmctl batch -",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class BatchCommand implements Callable<Integer> {
    private final Kernel kernel;
    private final InputStream standardInput;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The commands; - for standard input.")
    String file = "";

    @Option(names = "--dry-run", description = "Check the file, and send nothing.")
    boolean dryRun;

    @Option(names = "--json", description = "Print what became of it as JSON.")
    boolean json;

    BatchCommand(Kernel kernel, InputStream standardInput) {
        this.kernel = kernel;
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() {
        try {
            return make();
        } finally {
            spec.commandLine().getOut().flush();
            spec.commandLine().getErr().flush();
        }
    }

    private int make() {
        BatchText text = BatchText.read(file, standardInput);
        try {
            return dryRun ? check(text, read(text)) : send(text);
        } catch (ConfigException e) {
            return refuse(text.name(), e);
        } catch (OutOfMemoryError e) {
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            throw new CommandFailedException(
                    text.name() + ": has too many lines for a heap of " + heap + " MiB; nothing was sent",
                    "set JAVA_TOOL_OPTIONS=-Xmx1g: a line takes about a kilobyte");
        }
    }

    private List<BatchFile.Line> read(BatchText text) {
        return BatchFile.read(
                text.name(), text.text(), new IpCommandParser(HostNamesHere.of(kernel, text.name(), text.directory())));
    }

    private int check(BatchText text, List<BatchFile.Line> lines) {
        if (json) {
            out(BatchJson.unsent(text.name(), lines.size()));
        }
        err(Count.of(lines.size(), "change") + ", not sent");
        return ExitCode.DONE;
    }

    private int send(BatchText text) {
        try (KernelOpening opening = KernelOpening.start(kernel)) {
            List<BatchFile.Line> lines = read(text);
            BatchRun run = new BatchRun(lines);
            try (XfrmClient client = new XfrmClient(opening.take())) {
                run.run(client);
            } catch (NetlinkException e) {
                return report(run.stopped(text.name(), e));
            }
            return report(run.report(text.name()));
        }
    }

    private int refuse(String name, ConfigException problems) {
        if (json) {
            out(BatchJson.unreadable(name, problems.problems()));
        } else {
            Failure.describe(problems).forEach(this::err);
        }
        err("nothing was sent");
        return ExitCode.FAILED;
    }

    private int report(BatchReport report) {
        if (json) {
            out(BatchJson.print(report));
        } else {
            states(report);
            refusals(report);
        }
        report.stop().ifPresent(stop -> {
            if (!json) {
                refusal(report.file(), stop.line(), stop.reason());
            }
            err("stopped after " + stop.after() + " of " + Count.of(report.changes(), "change"));
        });
        if (report.stop().isEmpty()) {
            err(Count.of(report.changes(), "change") + ", " + report.refused().size() + " refused");
        }
        return report.refused().isEmpty() && report.stop().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void states(BatchReport report) {
        if (report.allocated().isEmpty()) {
            return;
        }
        TextOptions options = TextOptions.brief(ZoneId.systemDefault())
                .withInterfaceName(kernel::interfaceName)
                .withProtocolName(ProtocolNames.ofHost()::nameOf);
        PrintWriter out = spec.commandLine().getOut();
        report.allocated().forEach(each -> out.print(StateText.print(each.state(), options)));
    }

    private void refusals(BatchReport report) {
        report.refused().forEach(each -> refusal(report.file(), each.line(), each.refusal()));
    }

    private void refusal(String file, int line, NetlinkException refusal) {
        err(file + ":" + line + ": " + refusal.getMessage());
        refusal.advice().forEach(advice -> err("  " + advice));
    }

    private void out(String text) {
        spec.commandLine().getOut().println(text);
    }

    private void err(String line) {
        spec.commandLine().getErr().println(line);
    }
}
