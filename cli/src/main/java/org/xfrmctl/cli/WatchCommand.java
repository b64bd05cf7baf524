package org.xfrmctl.cli;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Definition;
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
        description = {
            "Keep each child where its last \"up\", \"down\" or \"lockdown\" brought it, whatever else changes the"
                    + " kernel's tables, and rekey derived keys when it is time.",
            "Prints what it repairs, and reads the definition again when it changes. Ends with Ctrl-C or SIGTERM; what is"
                    + " up stays up."
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
            description = "Begin with \"up\" for all children for which there was no run since the last boot.")
    boolean up;

    WatchCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (poll < 1) {
            throw new ParameterException(spec.commandLine(), "--poll " + poll + ": allowed is 1 second and more");
        }
        Rereading definition = new Rereading();
        definition.wanted();
        if (up) {
            new GoalRun(kernel, journal, wait.patience(), spec.commandLine())
                    .run(definition.wanted(), Goal.UP, record -> withoutGoal(definition.wanted(), record));
        }
        CountDownLatch over = new CountDownLatch(1);
        Watch watch = new Watch(kernel, journal, wait.patience(), Duration.ofSeconds(poll), out, err);
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watch, over), "end the watch"));
            out.println("watching");
            out.flush();
            watch.run(definition::wanted);
        } finally {
            over.countDown();
        }
        return ExitCode.DONE;
    }

    /** What was taken down stays down, and what is half-way or waits for a packet stays there, when the watch is started anew. */
    private static Set<ChildName> withoutGoal(Wanted wanted, JournalRecord record) {
        Set<ChildName> names = new LinkedHashSet<>(wanted.outline().names());
        names.removeAll(record.goals().keySet());
        wanted.startActions().forEach((child, action) -> {
            if (action == StartAction.TRAP) {
                names.remove(child);
            }
        });
        return names;
    }

    /** A run that has begun comes to its end first. */
    private void end(Watch watch, CountDownLatch over) {
        watch.end();
        try {
            if (!over.await(wait.patience().toSeconds() + 1, TimeUnit.SECONDS)) {
                spec.commandLine().getErr().println("warning: ended in the middle of a run; \"status\" tells of it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The definition, read again each time; secrets only when something of it has changed. */
    private final class Rereading {
        private Optional<Definition> read = Optional.empty();
        private Wanted wanted = Wanted.nothing();

        /** The last good one, if there is one and the files are not good now. */
        Wanted wanted() {
            Definition now;
            try {
                now = options.definition();
                if (read.filter(now::equals).isEmpty()) {
                    wanted = Wanted.of(now, DefinitionOptions.secrets().resolve(now));
                    boolean again = read.isPresent();
                    read = Optional.of(now);
                    if (again) {
                        spec.commandLine().getOut().println("the definition has changed and was read again");
                    }
                }
            } catch (ConfigException | CommandFailedException e) {
                if (read.isEmpty()) {
                    throw e;
                }
                tellOnce(String.valueOf(e.getMessage()));
            }
            return wanted;
        }

        private String told = "";

        private void tellOnce(String trouble) {
            if (!trouble.equals(told)) {
                told = trouble;
                spec.commandLine().getErr().println("the definition as it was stays in force: " + trouble);
                spec.commandLine().getErr().flush();
            }
        }
    }
}
