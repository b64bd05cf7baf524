package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
        return List.of(
                kernel.toString(),
                "mem=1G",
                "root=/dev/root",
                "rootfstype=hostfs",
                "rootflags=/",
                "ro",
                "init=" + init(directory),
                "con=null",
                "con0=null,fd:1",
                "uml_dir=" + directory + "/",
                "quiet");
    }
}
