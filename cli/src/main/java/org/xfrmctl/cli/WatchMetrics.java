package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.xfrmctl.cli.kernel.HostAddresses;
import org.xfrmctl.cli.kernel.HostFiles;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.metrics.KernelView;
import org.xfrmctl.cli.metrics.Metric;
import org.xfrmctl.cli.metrics.Scrape;
import org.xfrmctl.cli.metrics.Scraper;
import org.xfrmctl.cli.metrics.WatchFigures;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/** What a watch tells Prometheus: read by the thread that asks, on a session of its own, as {@code ask status} is. */
final class WatchMetrics {
    private final Kernel kernel;
    private final JournalOptions journals;
    private final WatchedDefinition definition;
    private final WatchFigures figures;
    private final boolean begins;

    /** {@code begins} if the watch brings up by itself whatever there was no run for ({@code --up}). */
    WatchMetrics(
            Kernel kernel,
            JournalOptions journals,
            WatchedDefinition definition,
            WatchFigures figures,
            boolean begins) {
        this.kernel = kernel;
        this.journals = journals;
        this.definition = definition;
        this.figures = figures;
        this.begins = begins;
    }

    Scraper scraper(MetricsOptions options) {
        return new Scraper(new Scraper.Program(Version.ofProgram(), "watch"), this::read, this::collect, options::tell);
    }

    private KernelView read() throws IOException {
        Wanted wanted = definition.inForce();
        Snapshot snapshot;
        try (KernelSession session = new KernelSession(kernel.open())) {
            snapshot = session.snapshot();
        }
        return new KernelView(
                snapshot,
                wanted.now(() -> journals.lookEpochs(kernel), snapshot, Set.of()),
                wantedUp(wanted),
                statistics(),
                HostAddresses.of(kernel));
    }

    private Map<String, Long> statistics() throws IOException {
        Optional<Path> proc = kernel.proc();
        return proc.isPresent() ? HostFiles.statistics(proc.get()) : Map.of();
    }

    /** A journal that cannot be read is told by the looks. */
    private Optional<Set<ChildName>> wantedUp(Wanted wanted) {
        StringWriter troubles = new StringWriter();
        JournalRecord record = journals.look(kernel, new PrintWriter(troubles, true));
        return Optional.of(wantedUp(wanted, record, begins))
                .filter(up -> troubles.getBuffer().length() == 0);
    }

    /**
     * What the last run was to bring up, and what the watch is to begin with by itself: that it could not is the very thing to
     * be told.
     *
     * @param begins whether that are all ({@code --up})
     */
    static Set<ChildName> wantedUp(Wanted wanted, JournalRecord record, boolean begins) {
        Set<ChildName> up = new LinkedHashSet<>(wanted.outline().names());
        Set<ChildName> waiting = WatchCommand.withoutGoal(wanted, record);
        up.removeIf(name -> !(record.protects(name)
                || (waiting.contains(name) && (begins || wanted.startActions().get(name) == StartAction.START))));
        return up;
    }

    private void collect(Scrape scrape) {
        Wanted wanted = definition.inForce();
        Set<ChildName> children = wanted.outline().names();
        Predicate<ChildName> usesInterfaces =
                child -> !wanted.interfaces(Set.of(child)).isEmpty();
        scrape.add(Metric.DEFINITION_GOOD, definition.trouble().isEmpty() ? 1 : 0);
        figures.collect(
                scrape, children, children.stream().filter(usesInterfaces).collect(Collectors.toUnmodifiableSet()));
    }
}
