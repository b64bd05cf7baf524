package org.xfrmctl.it.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.xfrmctl.cli.Main;
import org.xfrmctl.it.guest.GuestJava;

/** {@code xfrmctl daemon} as a process of its own, and the preload library that takes programs to it. */
final class UserspaceDaemon implements AutoCloseable {
    private final Process process;
    private final Path socket;
    private final Path library;
    private final Path err;

    private UserspaceDaemon(Process process, Path directory) {
        this.process = process;
        this.socket = directory.resolve("socket");
        this.library = directory.resolve("xfrmctl-preload.so");
        this.err = directory.resolve("err");
    }

    /** Builds the library and starts the daemon in an empty directory; returns when it is ready. */
    static UserspaceDaemon start(Path directory) throws IOException, InterruptedException {
        Path library = directory.resolve("xfrmctl-preload.so");
        Process build = new ProcessBuilder(source("preload/build").toString(), library.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (build.waitFor() != 0) {
            throw new IOException("preload/build: " + said);
        }
        Path socket = directory.resolve("socket");
        List<String> command = GuestJava.command(
                Main.class,
                List.of("daemon", "--backend", "userspace", "--netlink-socket", socket.toString()),
                directory);
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .start();
        UserspaceDaemon daemon = new UserspaceDaemon(process, directory);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith("ready: ")) {
            daemon.close();
            throw new IOException("xfrmctl daemon: " + line + " " + daemon.complaints());
        }
        return daemon;
    }

    /** A file of the checkout, in which the tests run. */
    private static Path source(String name) {
        return Path.of("..").resolve(name).toAbsolutePath().normalize();
    }

    /** What takes a program here. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "XFRMCTL_NETLINK_SOCKET", socket.toString());
    }

    Path socket() {
        return socket;
    }

    /** What it wrote on standard error. */
    String complaints() throws IOException {
        return Files.readString(err);
    }

    /** Ends it by SIGTERM and gives its exit status. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
