package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Definition;

/**
 * The definition that a watch keeps: read again when it has changed or somebody says so, with the plan that follows from it
 * told each time. Files that are not good leave the last good one in force.
 */
final class WatchedDefinition {
    private final DefinitionOptions options;
    private final Kernel kernel;
    private final JournalOptions journal;
    private final ServiceNotice notice;
    private final PrintWriter out;
    private final PrintWriter err;

    /** Guarded by this, as are the following: what the files said when they were last good. */
    private Optional<Definition> read = Optional.empty();

    private Wanted wanted = Wanted.nothing();
    private String told = "";

    /** What is told goes to {@code out} and {@code err}. */
    WatchedDefinition(
            DefinitionOptions options,
            Kernel kernel,
            JournalOptions journal,
            ServiceNotice notice,
            PrintWriter out,
            PrintWriter err) {
        this.options = options;
        this.kernel = kernel;
        this.journal = journal;
        this.notice = notice;
        this.out = out;
        this.err = err;
    }

    /** What came of {@link #reload}, as a command that prints it and ends. */
    record Reloaded(int exit, String out, String err) {}

    /**
     * What is wanted now. Secrets are read only when something of the definition has changed.
     *
     * @throws RuntimeException the first time, if the files are not good
     */
    synchronized Wanted wanted() {
        try {
            Definition now = options.definition();
            if (read.filter(now::equals).isEmpty()) {
                boolean again = read.isPresent();
                take(now);
                told = "";
                if (again) {
                    tell(announced("the definition has changed and was read again"));
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

    private void take(Definition now) {
        Wanted taken = Wanted.of(now, DefinitionOptions.secrets().resolve(now));
        read = Optional.of(now);
        wanted = taken;
    }

    private void tellOnce(String trouble) {
        if (!trouble.equals(told)) {
            told = trouble;
            err.println("the definition as it was stays in force: " + trouble);
            err.flush();
        }
    }

    /** Reads the files and all secrets again, whatever has changed; from any thread. What it says is told, too. */
    synchronized Reloaded reload() {
        notice.reloading();
        try {
            Reloaded reloaded = readAgain();
            tell(reloaded);
            return reloaded;
        } finally {
            notice.ready();
        }
    }

    private Reloaded readAgain() {
        try {
            take(options.definition());
            told = "";
        } catch (RuntimeException e) {
            StringBuilder problem = new StringBuilder();
            Failure.describe(e).forEach(line -> problem.append(line).append('\n'));
            return new Reloaded(ExitCode.FAILED, "", problem + "the definition as it was stays in force\n");
        }
        return announced("the definition was read again");
    }

    /** With the plan of it: what "up" would change. */
    private Reloaded announced(String first) {
        StringWriter lines = new StringWriter();
        StringWriter problems = new StringWriter();
        PrintWriter problem = new PrintWriter(problems);
        Set<ChildName> all = wanted.outline().names();
        try (PrintWriter line = new PrintWriter(lines)) {
            line.println(first);
            new PlanRun(kernel, journal, line, problem).run(wanted, Goal.UP, record -> all, false);
        } catch (RuntimeException e) {
            // What is in the way is told by the watch as well, for as long as it is.
            Failure.describe(e).forEach(problem::println);
        }
        problem.flush();
        return new Reloaded(ExitCode.DONE, lines.toString(), problems.toString());
    }

    private void tell(Reloaded reloaded) {
        out.print(reloaded.out());
        out.flush();
        err.print(reloaded.err());
        err.flush();
    }
}
