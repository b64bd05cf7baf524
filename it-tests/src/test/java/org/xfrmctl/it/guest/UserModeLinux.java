package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Linux 6.1 as an ordinary process of this machine. It sees the machine's files by itself, and has one CPU. */
public final class UserModeLinux extends GuestKernel {
    /** What a test needs that is not there. */
    static final String INSTALL = "apt-get install user-mode-linux kmod iproute2 iputils-ping tcpdump tshark";

    private static final Path MODULES = Path.of("/usr/lib/uml/modules");

    private final Path kernel;

    private UserModeLinux(Path kernel) {
        super(MODULES);
        this.kernel = kernel;
    }

    /** The guest kernel of this machine, if there is one together with its modules. */
    public static Optional<UserModeLinux> installed() {
        return Programs.find("linux.uml")
                .filter(kernel -> Files.isDirectory(MODULES))
                .map(UserModeLinux::new);
    }

    @Override
    public String config() throws IOException {
        Process shown = new ProcessBuilder(kernel.toString(), "--showconfig")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(shown.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    List<String> prepare(Path directory, GuestProcesses processes) {
        return command(directory, Path.of("/"), List.of("ro", "init=" + init(directory)));
    }

    /**
     * Boots a host whose files are those below a directory, which it may write to, by its own init, and waits until it has
     * powered off. The files belong to users of that host, so who runs this must be root.
     *
     * @param arguments for the kernel and the init, as /proc/cmdline has them
     * @param console where the kernel's and the init's output goes
     * @param limit how long the whole may take; only a hanging host reaches it
     * @throws GuestFailure if it has not powered off by then
     */
    public void bootHost(Path root, List<String> arguments, Path console, Duration limit)
            throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("xfrmctl-host").toRealPath();
        List<String> own = Stream.concat(Stream.of("rw", "init=/sbin/init"), arguments.stream())
                .toList();
        try (GuestProcesses processes = new GuestProcesses()) {
            Process host = processes.start(new ProcessBuilder(command(scratch, root.toRealPath(), own))
                    .directory(scratch.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(console.toFile()));
            GuestProcesses.End end = GuestProcesses.awaitEnd(host, limit);
            if (!end.inTime()) {
                throw new GuestFailure(end.text() + "; its console:\n" + Files.readString(console));
            }
        } finally {
            deleteTree(scratch);
        }
    }

    private List<String> command(Path directory, Path root, List<String> arguments) {
        List<String> fixed = List.of(
                kernel.toString(),
                "mem=1G",
                "root=/dev/root",
                "rootfstype=hostfs",
                "rootflags=" + root,
                "con=null",
                "con0=null,fd:1",
                "uml_dir=" + directory + "/",
                "quiet");
        return Stream.concat(fixed.stream(), arguments.stream()).toList();
    }
}
