package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;

/** The program in this process, on a kernel, with the definitions of {@link CrashCommand} in a directory. */
record Program(Path directory, Kernel kernel) {
    static Program in(Path directory, Kernel kernel) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("old.yaml"), CrashCommand.OLD);
        Files.writeString(directory.resolve("keys.yaml"), CrashCommand.KEYS);
        Files.writeString(directory.resolve("new.yaml"), CrashCommand.NEW);
        Files.writeString(directory.resolve("nothing.yaml"), "connections: {}\n");
        secret(directory, "shared", 32);
        for (int spi : new int[] {0x1001, 0x2001, 0x3001}) {
            secret(directory, "out" + spi, 20);
            secret(directory, "in" + spi, 20);
        }
        return new Program(directory, kernel);
    }

    private static void secret(Path directory, String name, int bytes) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // Any will do, as long as no two are the same.
        Files.writeString(file, "%08x".formatted(name.hashCode()).repeat(bytes / 4));
    }

    /** What the kernel holds. */
    Held held() {
        try (KernelSession session = new KernelSession(kernel.open())) {
            return Held.of(session.snapshot());
        }
    }

    /** Empty tables and no memory of anything. */
    void forget() throws IOException {
        for (String table : List.of("policy", "state")) {
            Main.commandLine(kernel).execute(table, "flush");
        }
        for (String made : List.of("state", "epochs")) {
            delete(directory.resolve(made));
        }
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

    /** Runs a command, whose first word is the definition, to its end. */
    void run(String command) {
        String trouble = tried(command);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(command + ": " + trouble);
        }
    }

    /** What the command complained of; empty if it came to its end. */
    String tried(String command) {
        StringWriter err = new StringWriter();
        int status = Main.commandLine(kernel)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(words(command).toArray(String[]::new));
        return status == 0 ? "" : status + " " + err;
    }

    List<String> words(String line) {
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
        return words;
    }
}
