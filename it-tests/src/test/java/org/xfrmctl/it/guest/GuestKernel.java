package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kernel that boots as a guest whose root is this machine's file system, runs one command as root in it, and powers
 * off. No privilege is needed. The guest sees everything read-only except the results directory, so nothing it does can
 * outlive it elsewhere.
 */
public abstract sealed class GuestKernel permits UserModeLinux, QemuLinux {
    private static final String INIT = "init.sh";

    private final Path modules;

    /** {@code modules} holds a directory of modules for each kernel version. */
    GuestKernel(Path modules) {
        this.modules = modules;
    }

    /**
     * Runs a command in a fresh guest and waits until the guest has powered off.
     *
     * @param results a directory that exists; the guest sees it under the same path and may write to it. It also gets
     *     the command's standard output and the console (with the command's standard error)
     * @param limit how long the whole may take; only a hanging guest reaches it
     * @throws GuestFailure if the guest did not get as far as an exit status: panic, hang, no boot
     */
    public final GuestRun run(List<String> command, Path results, Duration limit)
            throws IOException, InterruptedException {
        try {
            return runOnce(command, results, limit);
        } catch (GuestFailure e) {
            if (!mayBeTheEmulator(e)) {
                throw e;
            }
            System.err.println(
                    "the guest is booted once more, for this may be the emulator's fault: " + e.getMessage());
            return runOnce(command, results, limit);
        }
    }

    /** Whether a guest can end so without a fault of the kernel or of what ran in it. */
    boolean mayBeTheEmulator(GuestFailure failure) {
        return false;
    }

    private GuestRun runOnce(List<String> command, Path results, Duration limit)
            throws IOException, InterruptedException {
        GuestFiles files = new GuestFiles(results.toRealPath());
        files.clear();
        Path scratch = Files.createTempDirectory("xfrmctl-guest").toRealPath();
        try {
            Path init = scratch.resolve(INIT);
            Files.writeString(init, new GuestScript(modules, files, command).text());
            if (!init.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + init + " executable");
            }
            long start = System.nanoTime();
            GuestProcesses.End end = boot(scratch, files.console(), limit);
            return files.read(end, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            deleteTree(scratch);
        }
    }

    private GuestProcesses.End boot(Path directory, Path console, Duration limit)
            throws IOException, InterruptedException {
        try (GuestProcesses processes = new GuestProcesses()) {
            Process kernel = processes.start(new ProcessBuilder(prepare(directory, processes))
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(console.toFile()));
            return GuestProcesses.awaitEnd(kernel, limit);
        }
    }

    /** A directory of modules for each version, which a host with files of its own needs in /usr/lib/modules. */
    public final Path modules() {
        return modules;
    }

    /** The text of the configuration that the kernel was built with. */
    public abstract String config() throws IOException;

    /**
     * Starts what must run before the kernel, and gives the kernel's own command line.
     *
     * @param directory is there for this guest alone and holds its first process; the kernel is started in it
     */
    abstract List<String> prepare(Path directory, GuestProcesses processes) throws IOException;

    /** The guest's first process, as a word on a kernel's command line, where quotes are for blanks (lib/cmdline.c). */
    static String init(Path directory) {
        return "\"" + directory.resolve(INIT) + "\"";
    }

    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
