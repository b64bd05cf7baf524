package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.xfrmctl.cli.colour.Painting;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.output.Looks;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.cli.render.RunsText;
import org.xfrmctl.cli.render.StatusJson;
import org.xfrmctl.cli.render.StatusText;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.manager.status.Silence;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.NetlinkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl status}: how each defined child stands in the kernel. */
@Command(
        name = "status",
        header = "show how each child stands",
        description = "Show how each defined child stands in the kernel: UP, PARTIAL, DOWN, TRAPPED or BLOCKED.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl status                     all children",
            "  xfrmctl status -f carol.yaml home",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StatusCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Mixin
    LookOptions look;

    @Mixin
    ColourOptions colour;

    @Option(names = "--json", description = "Print JSON; with --watch, an object on each line.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    StatusCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        look.check(spec);
        Wanted wanted = options.wanted();
        Set<ChildName> chosen = options.choose(wanted.outline(), names);
        return look.show(spec, json, looks -> {
            StringWriter warnings = new StringWriter();
            String text = text(wanted, chosen, looks.map(Looks::time), new PrintWriter(warnings, true));
            return new LookOptions.Seen(text, warnings.toString().lines().toList(), ExitCode.DONE);
        });
    }

    /** How it stands now; with a time it is one look among several. */
    private String text(Wanted wanted, Set<ChildName> chosen, Optional<Instant> time, PrintWriter warnings) {
        JournalRecord record = journal.look(kernel, warnings);
        Optional<String> holder = record.unfinished().isEmpty() ? Optional.empty() : journal.holder(kernel, warnings);
        LongPredicate isUnderWay =
                process -> holder.filter(Long.toString(process)::equals).isPresent();
        Snapshot snapshot;
        try (KernelSession session = new KernelSession(kernel.open())) {
            snapshot = session.snapshot();
        }
        DesiredState all = wanted.now(() -> journal.lookEpochs(kernel), snapshot, Set.of());
        DesiredState desired = all.only(chosen);
        RoutePlan routes = routes(wanted, record, warnings);
        List<ChildStatus> status = ChildStatus.of(desired, snapshot);
        JournalRecord shown = (names.isEmpty() ? record : record.only(chosen)).in(snapshot);
        return json
                ? Json.document(StatusJson.children(status, routes, shown, all.names(), isUnderWay), "children", time)
                : colour.paint(
                        spec,
                        Painting.STATUS,
                        StatusText.print(desired, status, Silence.of(desired, snapshot), routes)
                                + RunsText.print(shown, all.names(), isUnderWay));
    }

    private RoutePlan routes(Wanted wanted, JournalRecord record, PrintWriter warnings) {
        if (!wanted.hasSizes()) {
            return RoutePlan.EMPTY;
        }
        try {
            return new UsedRoutes(kernel, wanted).plan(record);
        } catch (NetlinkException e) {
            warnings.println("warning: the routes for mtu and mss were not to be seen: " + e.getMessage());
            return RoutePlan.EMPTY;
        }
    }
}
