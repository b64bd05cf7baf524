package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.scenario.RecordFile;
import org.xfrmctl.model.PolicyKey;

/**
 * Runs inside the guest: each command ended at every one of its points, or refused something there, and what the next run
 * makes of that.
 */
final class CrashProof {
    static final String RESULT = "crashes.json";
    /** Each command is really killed at the ends of all but the last of so many parts; a process takes seconds. */
    private static final int PARTS = 2;

    private static final Map<Faults.Kind, List<Faults.Failure>> ERRORS = Map.of(
            Faults.Kind.SEND, List.of(Faults.Failure.ENOBUFS, Faults.Failure.EINTR, Faults.Failure.ENOMEM),
            Faults.Kind.RECEIVE, List.of(Faults.Failure.ENOBUFS, Faults.Failure.EINTR, Faults.Failure.ENOMEM),
            Faults.Kind.FILE, List.of(Faults.Failure.ENOSPC));

    /** Of the receptions every other one, which are most of them; with three errors by turns none is left out. */
    private static final Map<Faults.Kind, Integer> STEPS = Map.of(Faults.Kind.RECEIVE, 2);

    private final Program program;
    private final Path library;
    private final Faults faults;
    private final List<String> found = new ArrayList<>();
    private final Map<String, Integer> numbers = new TreeMap<>();

    /** What went wrong, and at how many points the commands were ended or refused something. */
    record Result(List<String> found, Map<String, Integer> numbers) {}

    private CrashProof(Program program, Path library) {
        this.program = program;
        this.library = library;
        this.faults = Faults.of(library);
    }

    /** The arguments are the directory for the result, which holds the library, and the one that the library watches. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path results = Path.of(arguments[0]);
        Program program = Program.in(Path.of(arguments[1]), new RunningKernel());
        CrashProof proof = new CrashProof(program, results);
        for (CrashCommand command : CrashCommand.ALL) {
            proof.crash(command);
        }
        RecordFile.write(results.resolve(RESULT), new Result(proof.found, proof.numbers));
    }

    private void crash(CrashCommand command) throws IOException, InterruptedException {
        Held old = prepared(command);
        int points = faults.points(() -> program.run(command.command()));
        Held wanted = program.held();
        program.run("old down");
        Held down = program.held();
        for (int point = 0; point <= points; point++) {
            String where = command.command() + ", nothing has an effect from point " + point + " of " + points;
            Held before = prepared(command);
            int at = point;
            faults.frozen(at, () -> program.tried(command.command()));
            Held left = program.held();
            protectedOrStopped(where, before, left, wanted);
            boolean between =
                    !left.objects().equals(before.objects()) && !left.objects().equals(wanted.objects());
            numbers.merge("neither the old nor the new", between ? 1 : 0, Integer::sum);
            if (point > 0 && point < points && point % (points / PARTS) == 0) {
                killed(command, point, left, wanted);
            }
            boolean forth = point % 2 == 0;
            String next = forth ? command.next() : command.command().startsWith("new") ? "new apply" : "old down";
            Held aim = forth || next.startsWith("new") ? wanted : down;
            reaches(where, next, aim);
            nothingIsLeft(where);
        }
        numbers.put(command.command(), points + 1);
        refused(command, old, wanted);
    }

    private void refused(CrashCommand command, Held old, Held wanted) throws IOException {
        for (Faults.Kind kind : Faults.Kind.values()) {
            List<Faults.Failure> errors = ERRORS.getOrDefault(kind, List.of());
            int point = 0;
            int refusals = 0;
            boolean harmed = true;
            while (harmed) {
                Faults.Failure failure = errors.get(point % errors.size());
                String where = command.command() + ", " + failure + " from " + kind + " " + point;
                Held before = prepared(command);
                int at = point;
                harmed = faults.failing(kind, at, failure, () -> program.tried(command.command())) > at;
                Held now = program.held();
                protectedOrStopped(where, before, now, wanted);
                if (!now.objects().equals(wanted.objects())) {
                    expect(where, now.objects(), old.objects());
                }
                reaches(where, command.next(), wanted);
                nothingIsLeft(where);
                point += STEPS.getOrDefault(kind, 1);
                refusals += harmed ? 1 : 0;
            }
            numbers.merge("refused: " + kind, refusals, Integer::sum);
        }
    }

    /** A process of its own that is really killed leaves what the one did that had no effect any more. */
    private void killed(CrashCommand command, int point, Held frozen, Held wanted)
            throws IOException, InterruptedException {
        prepared(command);
        List<String> words = new ArrayList<>(GuestJava.command(Main.class, program.words(command.command())));
        words.add(1, "-Djnr.ffi.library.path=" + library);
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
        process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().putAll(Faults.environment(library, program.directory()));
        process.environment().put("XFRMCTL_FAULT_KILL", Integer.toString(point));
        int status = process.start().waitFor();
        String where = command.command() + " killed at point " + point + ", status " + status;
        expect(where, program.held().objects(), frozen.objects());
        reaches(where, command.next(), wanted);
        numbers.merge("killed processes", status == 128 + 9 ? 1 : 0, Integer::sum);
        prepared(command);
        faults.frozen(point, () -> program.tried(command.command()));
    }

    private Held prepared(CrashCommand command) throws IOException {
        program.forget();
        command.before().forEach(program::run);
        return program.held();
    }

    /** Of what was protected or stopped before, and shall be afterwards, all is now. */
    private void protectedOrStopped(String where, Held before, Held left, Held wanted) {
        Set<PolicyKey> both = new LinkedHashSet<>(before.protectedOrStopped());
        both.retainAll(wanted.protectedOrStopped());
        both.removeAll(left.protectedOrStopped());
        expect(where + ": neither protected nor stopped", both, Set.of());
        expect(where + ": something was", before.protectedOrStopped().isEmpty(), false);
    }

    /** The tables are as {@code aim}, and a plan for the same has nothing to do. */
    private void reaches(String where, String next, Held aim) {
        expect(where + ", then " + next, program.tried(next), "");
        expect(where + ", then " + next, program.held().objects(), aim.objects());
        expect(where + ", then " + next + ", planned again", program.tried(CrashCommand.plan(next)), "");
    }

    /** When nothing is defined any more the tables are empty: no object is forgotten. */
    private void nothingIsLeft(String where) {
        expect(where + ", then nothing is defined", program.tried("nothing apply"), "");
        expect(where + ", then nothing is defined", program.held().objects(), Set.of());
    }

    private void expect(String where, Object actual, Object wanted) {
        if (!actual.equals(wanted)) {
            found.add(where + ": " + actual + " instead of " + wanted);
        }
    }
}
