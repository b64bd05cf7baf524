package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/**
 * The definition that a watch keeps: read again when it has changed or somebody says so, with the plan that follows from it
 * told each time. Files that are not good leave the last good one in force.
 */
final class WatchedDefinition implements Watch.Definition {
    private final DefinitionOptions options;
    private final Kernel kernel;
    private final JournalOptions journal;
    private final ServiceNotice notice;
    private final PrintWriter out;
    private final PrintWriter err;

    private final Runnable changed;

    /** Held while files and secrets are read, by one at a time: a command that gives a secret may take long. */
    private final ReentrantLock reading = new ReentrantLock();

    /** Guarded by this, as are the following: what the files said when they were last good. */
    private Optional<Definition> read = Optional.empty();

    private Wanted wanted = Wanted.nothing();
    private String trouble = "";

    /** What is told goes to {@code out} and {@code err}; {@code changed} is run when something else is wanted than before. */
    WatchedDefinition(
            DefinitionOptions options,
            Kernel kernel,
            JournalOptions journal,
            ServiceNotice notice,
            PrintWriter out,
            PrintWriter err,
            Runnable changed) {
        this.options = options;
        this.kernel = kernel;
        this.journal = journal;
        this.notice = notice;
        this.out = out;
        this.err = err;
        this.changed = changed;
    }

    /** What came of {@link #reload}, as a command that prints it and ends. */
    record Reloaded(int exit, String out, String err) {}

    /**
     * Reads files and secrets for the first time.
     *
     * @throws RuntimeException if they are not good
     */
    void begin() {
        reading.lock();
        try {
            take(options.definition());
        } finally {
            reading.unlock();
        }
    }

    /**
     * What is wanted now, without waiting for secrets: if something of the definition has changed, they are read by another
     * thread, and what was wanted before is still given.
     */
    @Override
    public Wanted wanted() {
        try {
            Definition now = options.definition();
            if (!isRead(now) && !reading.isLocked()) {
                Thread reader = new Thread(this::readChanged, "read the definition");
                reader.setDaemon(true);
                reader.start();
            }
        } catch (ConfigException | CommandFailedException e) {
            tellOnce(String.valueOf(e.getMessage()));
        }
        return inForce();
    }

    @Override
    public synchronized boolean isInForce(Wanted known) {
        return known == wanted;
    }

    @Override
    public boolean isCurrent() {
        try {
            return isRead(options.definition());
        } catch (ConfigException | CommandFailedException e) {
            // No run went by that.
            return true;
        }
    }

    @Override
    public synchronized Optional<String> trouble() {
        return Optional.of(trouble).filter(line -> !line.isEmpty());
    }

    /** What was wanted when it was last good; reads nothing. */
    synchronized Wanted inForce() {
        return wanted;
    }

    /** If the files are those that were read, there is no trouble with them any more. */
    private synchronized boolean isRead(Definition now) {
        boolean same = read.filter(now::equals).isPresent();
        if (same) {
            trouble = "";
        }
        return same;
    }

    private void readChanged() {
        if (!reading.tryLock()) {
            return;
        }
        try {
            Definition now = options.definition();
            if (isRead(now)) {
                return;
            }
            take(now);
            tell(announced("the definition has changed and was read again"));
            changed.run();
        } catch (ConfigException | CommandFailedException e) {
            tellOnce(String.valueOf(e.getMessage()));
        } finally {
            reading.unlock();
        }
    }

    /** For who has {@link #reading}. */
    private void take(Definition now) {
        Wanted taken = Wanted.of(now, DefinitionOptions.secrets().resolve(now));
        synchronized (this) {
            read = Optional.of(now);
            wanted = taken;
            trouble = "";
        }
    }

    private void tellOnce(String line) {
        if (isNew(line)) {
            err.println("the definition as it was stays in force: " + line);
            err.flush();
        }
    }

    private synchronized boolean isNew(String line) {
        boolean known = line.equals(trouble);
        trouble = line;
        return !known;
    }

    /** As {@link #reload}, but tells no plan; of a definition that is not good whoever asks is told by the command itself. */
    void refresh() {
        reading.lock();
        try {
            take(options.definition());
        } catch (ConfigException | CommandFailedException e) {
            tellOnce(String.valueOf(e.getMessage()));
        } finally {
            reading.unlock();
        }
    }

    /** Reads the files and all secrets again, whatever has changed; from any thread. What it says is told, too. */
    Reloaded reload() {
        reading.lock();
        notice.reloading();
        try {
            Reloaded reloaded = readAgain();
            tell(reloaded);
            return reloaded;
        } finally {
            notice.reloaded();
            reading.unlock();
        }
    }

    private Reloaded readAgain() {
        try {
            take(options.definition());
        } catch (RuntimeException e) {
            StringBuilder problem = new StringBuilder();
            Failure.describe(e).forEach(line -> problem.append(line).append('\n'));
            return new Reloaded(ExitCode.FAILED, "", problem + "the definition as it was stays in force\n");
        }
        return announced("the definition was read again");
    }

    /** With the plan of it: what the watch is about to change. */
    private Reloaded announced(String first) {
        StringWriter lines = new StringWriter();
        StringWriter problems = new StringWriter();
        PrintWriter problem = new PrintWriter(problems);
        Wanted now = inForce();
        try (PrintWriter line = new PrintWriter(lines)) {
            line.println(first);
            new PlanRun(kernel, journal, line, problem, UnaryOperator.identity())
                    .run(now, Goal.UP, record -> keptUp(now, record), false);
        } catch (RuntimeException e) {
            // What is in the way is told by the watch as well, for as long as it is.
            Failure.describe(e).forEach(problem::println);
        }
        problem.flush();
        return new Reloaded(ExitCode.DONE, lines.toString(), problems.toString());
    }

    /** Which the watch keeps up, or brings up by itself. */
    private static Set<ChildName> keptUp(Wanted wanted, JournalRecord record) {
        Set<ChildName> names = new LinkedHashSet<>(wanted.outline().names());
        names.removeIf(name -> {
            Goal goal = record.goals().getOrDefault(name, Goal.LOCKDOWN);
            return !goal.needsKeys()
                    && !(goal == Goal.LOCKDOWN && wanted.startActions().get(name) == StartAction.START);
        });
        return names;
    }

    private void tell(Reloaded reloaded) {
        out.print(reloaded.out());
        out.flush();
        err.print(reloaded.err());
        err.flush();
    }
}
