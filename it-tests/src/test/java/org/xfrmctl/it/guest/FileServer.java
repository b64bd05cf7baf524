package org.xfrmctl.it.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * virtiofsd, which shows this machine's files to a guest in QEMU. It ends when the guest does.
 *
 * <p>QEMU 7.2's virtiofsd wants to be root, to change its root directory and to write a pid file to /var/run. Another
 * user gets both from a user namespace of his own with a /run of its own.
 */
record FileServer(Path program) {
    static final String SOCKET = "files.socket";

    private static final String READY = "Waiting for vhost-user socket connection";
    private static final Path PID_FILES = Path.of("/run/virtiofsd");

    static Optional<FileServer> installed() {
        return Programs.find("virtiofsd").map(FileServer::new);
    }

    /** Starts a server and returns once it listens at the socket in this directory, which is the guest's alone. */
    void start(Path directory, GuestProcesses processes) throws IOException {
        Path socket = directory.resolve(SOCKET);
        // The directory was made for this guest, so it belongs to who runs this JVM.
        boolean isRoot = Files.getAttribute(directory, "unix:uid").equals(0);
        List<String> command = new ArrayList<>();
        if (!isRoot) {
            command.addAll(List.of("unshare", "--map-root-user", "--mount"));
            command.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /run && exec \"$@\"", "sh"));
        }
        command.addAll(List.of(program.toString(), "-f", "--socket-path=" + socket));
        // chroot needs the fewest privileges. Nobody changes files under a running guest, so it may trust its cache.
        command.addAll(List.of("-o", "source=/", "-o", "sandbox=chroot", "-o", "cache=always"));
        awaitReady(processes.start(new ProcessBuilder(command).redirectErrorStream(true)));
        if (isRoot) {
            // The server holds a lock on it while it runs, does not look at its name again, and leaves it behind.
            Files.deleteIfExists(PID_FILES.resolve(socket.toString().replace('/', '.') + ".pid"));
        }
    }

    /** What a server says later stays in the pipe, which has room for hundreds of lines; it says about ten. */
    private static void awaitReady(Process server) throws IOException {
        BufferedReader output = server.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(READY)) {
                return;
            }
            said.add(line);
        }
        throw new GuestFailure("virtiofsd, which shows this machine's files to the guest, did not start; run the tests"
                + " as root, or where users may make user namespaces. It said:\n" + String.join("\n", said));
    }
}
