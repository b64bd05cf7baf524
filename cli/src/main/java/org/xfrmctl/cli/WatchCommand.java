package org.xfrmctl.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.xfrmctl.cli.control.ControlLimits;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.metrics.MetricsServer;
import org.xfrmctl.cli.service.HangupSignal;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.apply.ApplyException;
import org.xfrmctl.manager.apply.RehearsalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xfrmctl watch}: keeps the kernel as the last runs left it. */
@Command(
        name = "watch",
        header = "keep the kernel as the last run left it",
        description = {
            "Keep each child where its last \"up\", \"down\" or \"lockdown\" brought it, whatever else changes the"
                    + " kernel's tables, and rekey derived keys when it is time.",
            "Prints what it repairs, and reads the definition again when it changes; with SIGHUP or \"ask reload\" its"
                    + " secrets, too. \"xfrmctl ask\" has it carry out other commands. Ends with Ctrl-C or SIGTERM; what is"
                    + " up stays up."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl watch                      what systemd starts",
            "  xfrmctl watch --up                 and bring up what was not yet",
            "  xfrmctl watch --control /run/xfrmctl.sock --group netadmin",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class WatchCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Mixin
    JournalOptions journal;

    @Mixin
    WaitOption wait;

    @Mixin
    ControlOptions control;

    @Mixin
    MetricsOptions metrics;

    @Option(
            names = "--poll",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How often to look for what the kernel does not tell: counters, and a definition that changed."
                            + " Default: ${DEFAULT-VALUE}.")
    int poll = 5;

    @Option(
            names = "--up",
            description =
                    "Begin with \"up\" for all children for which there was no run but \"lockdown\" since the last"
                            + " boot.")
    boolean up;

    WatchCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (poll < 1) {
            throw new ParameterException(spec.commandLine(), "--poll " + poll + ": allowed is 1 second and more");
        }
        metrics.address();
        try (ServiceNotice notice = ServiceNotice.of(System.getenv(), this::warn)) {
            watch(notice);
        }
        return ExitCode.DONE;
    }

    private void watch(ServiceNotice notice) throws InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        Watch watch = new Watch(kernel, journal, wait.patience(), Duration.ofSeconds(poll), notice, out, err);
        WatchedDefinition definition = new WatchedDefinition(options, kernel, journal, notice, out, err, watch::wake);
        definition.begin();
        WatchMetrics told = new WatchMetrics(kernel, journal, definition, watch.figures(), up);
        Optional<MetricsServer> server = metrics.open(() -> told.scraper(metrics));
        try {
            watch(watch, definition, notice);
        } finally {
            server.ifPresent(MetricsServer::close);
        }
    }

    private void watch(Watch watch, WatchedDefinition definition, ServiceNotice notice) throws InterruptedException {
        var out = spec.commandLine().getOut();
        if (up) {
            bringUp(definition.wanted());
        }
        CountDownLatch over = new CountDownLatch(1);
        Optional<WatchControl> socket = openControl(watch, definition);
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watch, notice, over), "end the watch"));
            boolean heard = HangupSignal.handle(() -> {
                definition.reload();
                watch.wake();
            });
            if (!heard) {
                warn(
                        "warning: SIGHUP does not have the definition read again here, for it is ignored (nohup) or not left to"
                                + " this program (-Xrs): take \"ask reload\"");
            }
            out.println("watching");
            out.flush();
            watch.run(definition);
        } finally {
            socket.ifPresent(WatchControl::close);
            over.countDown();
        }
    }

    /** All together; if something is in the way of one, one by one, and what that cannot have is blocked. */
    private void bringUp(Wanted wanted) {
        GoalRun run = new GoalRun(
                kernel,
                journal,
                wait.patience(),
                new RunText(spec.commandLine().getOut(), spec.commandLine().getErr()));
        if (isRun(run, wanted, Goal.UP, record -> withoutGoal(wanted, record))) {
            return;
        }
        for (ChildName child : wanted.outline().names()) {
            Function<JournalRecord, Set<ChildName>> alone = record -> {
                Set<ChildName> names = withoutGoal(wanted, record);
                names.retainAll(Set.of(child));
                return names;
            };
            if (!isRun(run, wanted, Goal.UP, alone)) {
                isRun(run, wanted, Goal.LOCKDOWN, alone);
            }
        }
    }

    /** A refusal is told and not more: the watch is there for the others. */
    private boolean isRun(GoalRun run, Wanted wanted, Goal goal, Function<JournalRecord, Set<ChildName>> choice) {
        try {
            run.run(wanted, goal, choice);
            return true;
        } catch (PlanConflictException
                | RehearsalException
                | ApplyException
                | ConfigException
                | CommandFailedException e) {
            Failure.describe(e).forEach(this::warn);
            return false;
        }
    }

    private Optional<WatchControl> openControl(Watch watch, WatchedDefinition definition) {
        Optional<Path> usual = journal.makePlace(kernel).map(place -> place.resolve(JournalOptions.CONTROL));
        return WatchControl.open(
                control,
                control.place(usual, spec.commandLine().getErr()),
                new ControlCommands(kernel, options.files, journal, definition, watch::wake),
                ControlLimits.DEFAULT,
                wait.patience(),
                this::warn);
    }

    private void warn(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    /**
     * What was taken down stays down, and what is half-way stays there, when the watch is started anew, and a trap is none
     * any more if it is up. A lockdown only bridges the time until "up".
     */
    static Set<ChildName> withoutGoal(Wanted wanted, JournalRecord record) {
        Set<ChildName> names = new LinkedHashSet<>(wanted.outline().names());
        names.removeIf(name -> record.goals().getOrDefault(name, Goal.LOCKDOWN) != Goal.LOCKDOWN
                || wanted.startActions().get(name) == StartAction.TRAP);
        return names;
    }

    /** A run that has begun comes to its end first: that of the watch itself, then those that it was asked for. */
    private void end(Watch watch, ServiceNotice notice, CountDownLatch over) {
        notice.stopping();
        watch.end();
        try {
            if (!over.await(2 * wait.patience().toSeconds() + 1, TimeUnit.SECONDS)) {
                spec.commandLine().getErr().println("warning: ended in the middle of a run; \"status\" tells of it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
