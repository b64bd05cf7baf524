package org.xfrmctl.cli;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Drain;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code xfrmctl rekey}: from the states before a change of the definition to those of the definition, without a gap. */
@Command(
        name = "rekey",
        header = "go to the next keys without losing a packet",
        description =
                "Move children to the SPIs and keys that the definition has now, phase by phase: \"inbound\" at both"
                        + " ends, then \"outbound\" at both ends, then \"finish\" at both ends. \"undo\" goes back to the states from"
                        + " before.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl rekey home/net                  keys that are derived: the next epoch",
            "  xfrmctl rekey --phase inbound home/net  keys in files: at both ends, then the next phase",
            "  xfrmctl rekey --phase finish --drain 60 home/net",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class RekeyCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

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
    RunToldOption told;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            converter = PhaseName.class,
            completionCandidates = PhaseName.class,
            description = "Of children whose keys are written down: one of ${COMPLETION-CANDIDATES}.")
    @Nullable
    Goal phase;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "How long \"finish\" waits until the peer uses the new states and the old ones are idle, as the"
                            + " counters show. Default: ${DEFAULT-VALUE}.")
    int drain = 10;

    @Option(
            names = "--force",
            description =
                    "Let \"finish\" remove the old states even if they may still be in use; go to the next epoch even if"
                            + " the peer has not been heard of.")
    boolean force;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    RekeyCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (drain < 0) {
            throw new ParameterException(spec.commandLine(), "--drain " + drain + " is less than 0");
        }
        Wanted wanted = options.wanted();
        DesiredState desired = wanted.outline();
        Set<ChildName> chosen = chosen(wanted);
        if (phase == Goal.REKEY_FINISH && !force) {
            awaitIdle(desired.children(chosen));
        }
        GoalRun run = new GoalRun(kernel, journal, wait.patience(), told.by(spec));
        if (phase == null) {
            run.run(wanted, Goal.UP, record -> chosen, (epochs, names) -> epochs.next(names, force));
        } else {
            run.run(wanted, phase, record -> chosen);
        }
        return ExitCode.DONE;
    }

    /** With a phase the children whose keys are written down, else those whose keys are derived. */
    private Set<ChildName> chosen(Wanted wanted) {
        Set<ChildName> chosen = new LinkedHashSet<>(options.choose(wanted.outline(), names));
        Set<ChildName> others = new LinkedHashSet<>(chosen);
        if (phase == null) {
            others.removeAll(wanted.derived());
        } else {
            others.retainAll(wanted.derived());
        }
        if ((!names.isEmpty() && !others.isEmpty()) || chosen.size() == others.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    phase == null
                            ? "the keys of " + join(others)
                                    + " are written down, so it takes three phases at both ends:"
                                    + " give --phase inbound, outbound, finish one after the other"
                            : "the keys of " + join(others)
                                    + " are derived, so there are no phases: leave --phase out");
        }
        chosen.removeAll(others);
        return chosen;
    }

    private static String join(Set<ChildName> names) {
        return names.stream().map(ChildName::toString).collect(Collectors.joining(", "));
    }

    private void awaitIdle(List<DesiredChild> children) throws InterruptedException {
        Drain idle = new Drain(children);
        long end = System.nanoTime() + Duration.ofSeconds(drain).toNanos();
        try (KernelSession session = new KernelSession(kernel.open())) {
            Snapshot before = Snapshot.EMPTY;
            Snapshot now = session.snapshot();
            List<String> reasons = idle.waitingFor(before, now);
            while (!reasons.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
                before = now;
                now = session.snapshot();
                reasons = idle.waitingFor(before, now);
            }
            if (!reasons.isEmpty()) {
                throw new CommandFailedException(
                        "the old states stay: " + String.join("; ", reasons),
                        "see that \"rekey --phase outbound\" was run at the other end and that traffic comes from it, or"
                                + " take --force");
            }
        }
    }

    /** A phase by its short name. */
    static final class PhaseName implements ITypeConverter<Goal>, Iterable<String> {
        @Override
        public Goal convert(String name) {
            return Goal.phase(name)
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + name + "\" is none of " + String.join(", ", Goal.phases())));
        }

        @Override
        public Iterator<String> iterator() {
            return Goal.phases().iterator();
        }
    }
}
