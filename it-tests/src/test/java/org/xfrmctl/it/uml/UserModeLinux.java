package org.xfrmctl.it.uml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Boots a guest kernel whose root is this machine's file system, runs one command as root in it, and powers it off. No
 * privilege is needed. The guest sees everything read-only except the results directory, so nothing it does can outlive
 * it elsewhere.
 */
public final class UserModeLinux {
    /** The Debian packages that a real-kernel test needs. */
    static final List<String> PACKAGES =
            List.of("user-mode-linux", "kmod", "iproute2", "iputils-ping", "tcpdump", "tshark");

    private static final Path MODULES = Path.of("/usr/lib/uml/modules");

    private final Path kernel;
    private final Path modules;

    private UserModeLinux(Path kernel, Path modules) {
        this.kernel = kernel;
        this.modules = modules;
    }

    /** The guest kernel of this machine, if there is one together with its modules. */
    public static Optional<UserModeLinux> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":"))
                .map(directory -> Path.of(directory, "linux.uml"))
                .filter(Files::isExecutable)
                .findFirst()
                .filter(kernel -> Files.isDirectory(MODULES))
                .map(kernel -> new UserModeLinux(kernel, MODULES));
    }

    /**
     * Runs a command in a fresh guest and waits until the guest has powered off.
     *
     * @param results a directory that exists; the guest sees it under the same path and may write to it. It also gets
     *     the command's standard output and the console (with the command's standard error)
     * @param limit how long the whole may take; only a hanging guest reaches it
     * @throws GuestFailure if the guest did not get as far as an exit status: panic, hang, no boot
     */
    public GuestRun run(List<String> command, Path results, Duration limit) throws IOException, InterruptedException {
        Path shared = results.toRealPath();
        GuestFiles files = new GuestFiles(shared);
        files.clear();
        Path scratch = Files.createTempDirectory("xfrmctl-uml").toRealPath();
        try {
            Path script = scratch.resolve("init.sh");
            Files.writeString(script, new GuestScript(modules, files, command).text());
            if (!script.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + script + " executable");
            }
            long start = System.nanoTime();
            GuestProcess.End end = boot(script, files.console(), limit);
            return files.read(end, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            deleteTree(scratch);
        }
    }

    private GuestProcess.End boot(Path script, Path console, Duration limit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        kernel.toString(),
                        "mem=1G",
                        "root=/dev/root",
                        "rootfstype=hostfs",
                        "rootflags=/",
                        "ro",
                        // Quotes are the kernel's own (lib/cmdline.c, next_arg()): the path may hold blanks.
                        "init=\"" + script + "\"",
                        "con=null",
                        "con0=null,fd:1",
                        "uml_dir=" + script.getParent() + "/",
                        "quiet")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        try (GuestProcess guest = new GuestProcess(builder.start())) {
            return guest.awaitEnd(limit);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
