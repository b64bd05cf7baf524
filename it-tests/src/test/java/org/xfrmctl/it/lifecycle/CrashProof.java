package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.scenario.RecordFile;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.XfrmState;

/**
 * Runs inside the guest: each command ended at every one of its points, or refused something there, and what the next run
 * makes of that.
 */
final class CrashProof {
    static final String RESULT = "crashes.json";
    /** Each command is really killed at the ends of all but the last of so many parts; a process takes seconds. */
    private static final int PARTS = 3;

    private static final Map<Faults.Kind, List<Faults.Failure>> ERRORS = Map.of(
            Faults.Kind.SEND, List.of(Faults.Failure.ENOBUFS, Faults.Failure.EINTR, Faults.Failure.ENOMEM),
            Faults.Kind.RECEIVE, List.of(Faults.Failure.ENOBUFS, Faults.Failure.EINTR, Faults.Failure.ENOMEM),
            Faults.Kind.FILE, List.of(Faults.Failure.ENOSPC));

    private final Path directory;
    private final Path library;
    private final Faults faults;
    private final List<String> found = new ArrayList<>();
    private final Map<String, Integer> numbers = new TreeMap<>();

    /** What went wrong, and at how many points the commands were ended or refused something. */
    record Result(List<String> found, Map<String, Integer> numbers) {}

    private CrashProof(Path directory, Path library) {
        this.directory = directory;
        this.library = library;
        this.faults = Faults.of(library);
    }

    /** The arguments are the directory for the result, which holds the library, and the one that the library watches. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path results = Path.of(arguments[0]);
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        Files.writeString(directory.resolve("old.yaml"), CrashCommand.OLD);
        Files.writeString(directory.resolve("keys.yaml"), CrashCommand.KEYS);
        Files.writeString(directory.resolve("new.yaml"), CrashCommand.NEW);
        Files.writeString(directory.resolve("nothing.yaml"), "connections: {}\n");
        secret(directory, "shared", 32);
        for (int spi : new int[] {0x1001, 0x2001, 0x3001}) {
            secret(directory, "out" + spi, 20);
            secret(directory, "in" + spi, 20);
        }
        CrashProof proof = new CrashProof(directory, results);
        for (CrashCommand command : CrashCommand.ALL) {
            proof.crash(command);
        }
        RecordFile.write(results.resolve(RESULT), new Result(proof.found, proof.numbers));
    }

    private static void secret(Path directory, String name, int bytes) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // Any will do, as long as no two are the same.
        Files.writeString(file, "%08x".formatted(name.hashCode()).repeat(bytes / 4));
    }

    private void crash(CrashCommand command) throws IOException, InterruptedException {
        Held old = prepared(command);
        int points = faults.points(() -> run(command.command()));
        Held wanted = held();
        run("old down");
        Held down = held();
        for (int point = 0; point <= points; point++) {
            String where = command.command() + ", nothing has an effect from point " + point + " of " + points;
            Held before = prepared(command);
            int at = point;
            faults.frozen(at, () -> tried(command.command()));
            Held left = held();
            protectedOrStopped(where, before, left, wanted);
            boolean between =
                    !left.objects().equals(before.objects()) && !left.objects().equals(wanted.objects());
            numbers.merge("neither the old nor the new", between ? 1 : 0, Integer::sum);
            if (point > 0 && point < points && point % (points / PARTS) == 0) {
                killed(command, point, left);
            }
            boolean forth = point % 2 == 0;
            String next = forth ? command.next() : command.command().startsWith("new") ? "new apply" : "old down";
            Held aim = forth || next.startsWith("new") ? wanted : down;
            expect(where + ", then " + next, tried(next), "");
            expect(where + ", then " + next, held().objects(), aim.objects());
            nothingIsLeft(where);
        }
        numbers.put(command.command(), points + 1);
        refused(command, old, wanted);
    }

    private void refused(CrashCommand command, Held old, Held wanted) throws IOException {
        for (Faults.Kind kind : Faults.Kind.values()) {
            List<Faults.Failure> errors = ERRORS.getOrDefault(kind, List.of());
            int point = 0;
            boolean harmed = true;
            while (harmed) {
                Faults.Failure failure = errors.get(point % errors.size());
                String where = command.command() + ", " + failure + " from " + kind + " " + point;
                prepared(command);
                int at = point;
                harmed = faults.failing(kind, at, failure, () -> tried(command.command())) > at;
                Set<Object> now = held().objects();
                if (!now.equals(wanted.objects())) {
                    expect(where, now, old.objects());
                }
                expect(where + ", then " + command.next(), tried(command.next()), "");
                expect(where + ", then " + command.next(), held().objects(), wanted.objects());
                point++;
            }
            numbers.merge("refused: " + kind, point - 1, Integer::sum);
        }
    }

    /** A process of its own that is really killed leaves what the one did that had no effect any more. */
    private void killed(CrashCommand command, int point, Held frozen) throws IOException, InterruptedException {
        prepared(command);
        List<String> words = new ArrayList<>(GuestJava.command(Main.class, List.of(words(command.command()))));
        words.add(1, "-Djnr.ffi.library.path=" + library);
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
        process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().putAll(Faults.environment(library, directory));
        process.environment().put("XFRMCTL_FAULT_KILL", Integer.toString(point));
        int status = process.start().waitFor();
        String where = command.command() + " killed at point " + point + ", status " + status;
        expect(where, held().objects(), frozen.objects());
        expect(where + ", then " + command.next(), tried(command.next()), "");
        numbers.merge("killed processes", status == 128 + 9 ? 1 : 0, Integer::sum);
        prepared(command);
        faults.frozen(point, () -> tried(command.command()));
    }

    private Held prepared(CrashCommand command) throws IOException {
        for (String table : List.of("policy", "state")) {
            Main.commandLine(new RunningKernel()).execute(table, "flush");
        }
        for (String made : List.of("state", "epochs")) {
            delete(directory.resolve(made));
        }
        command.before().forEach(this::run);
        return held();
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (var paths = Files.walk(tree)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Of what was protected or stopped before, and shall be afterwards, all is now. */
    private void protectedOrStopped(String where, Held before, Held left, Held wanted) {
        Set<PolicyKey> both = new LinkedHashSet<>(before.protectedOrStopped());
        both.retainAll(wanted.protectedOrStopped());
        both.removeAll(left.protectedOrStopped());
        expect(where + ": neither protected nor stopped", both, Set.of());
        expect(where + ": something was", before.protectedOrStopped().isEmpty(), false);
    }

    /** When nothing is defined any more the tables are empty: no object is forgotten. */
    private void nothingIsLeft(String where) {
        expect(where + ", then nothing is defined", tried("nothing apply"), "");
        expect(where + ", then nothing is defined", held().objects(), Set.of());
    }

    private void expect(String where, Object actual, Object wanted) {
        if (!actual.equals(wanted)) {
            found.add(where + ": " + actual + " instead of " + wanted);
        }
    }

    private static Held held() {
        return Held.now(CrashProof::isDerived);
    }

    /** Far and near are the ones that have no compression, and a suite of their own. */
    private static boolean isDerived(XfrmState state) {
        return state.id().protocol().equals(IpProtocol.ESP)
                && state.mode().equals(Mode.TUNNEL)
                && state.algorithms().size() > 1;
    }

    private void run(String command) {
        String trouble = tried(command);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(command + ": " + trouble);
        }
    }

    /** What the command complained of; empty if it came to its end. */
    private String tried(String command) {
        StringWriter err = new StringWriter();
        int status = Main.commandLine(new RunningKernel())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(words(command));
        return status == 0 ? "" : status + " " + err;
    }

    private String[] words(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        String definition = words.remove(0);
        words.addAll(
                1,
                List.of(
                        "-f",
                        directory.resolve(definition + ".yaml").toString(),
                        "--state-dir",
                        directory.resolve("state").toString(),
                        "--epoch-dir",
                        directory.resolve("epochs").toString()));
        return words.toArray(String[]::new);
    }
}
