package org.xfrmctl.it.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xfrmctl.it.guest.GuestKernel;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.QemuLinux;
import org.xfrmctl.it.guest.RealKernel;

/**
 * Debian's Docker engine in a guest of QEMU, on memory alone: nothing of it is left when it has been closed.
 *
 * <p>The guest tells by a connection to this machine that its engine answers, and powers off when that connection ends, so
 * also when this JVM does. {@code it-tests/docker/engine} is the other end.
 */
final class DockerGuest implements AutoCloseable {
    private static final String MEMORY = "5G";
    private static final int ENGINE_PORT = 2375;

    /** It ends with this JVM, or before; this is for one that hangs. */
    private static final Duration LIFE = Duration.ofHours(3);

    private static final Duration READY = Duration.ofMinutes(10);

    private static final Duration END = Duration.ofSeconds(30);

    private static final Path SCRIPT =
            Path.of("..", "it-tests", "docker", "engine").toAbsolutePath().normalize();

    private final Thread thread;
    private final Socket control;
    private final URI host;

    private DockerGuest(Thread thread, Socket control, URI host) {
        this.thread = thread;
        this.control = control;
        this.host = host;
    }

    /**
     * Boots, and returns when the engine answers.
     *
     * @param results gets the console
     */
    static DockerGuest start(QemuLinux kernel, Path results) throws IOException, InterruptedException {
        int port = freePort();
        GuestKernel guest = kernel.withNetwork(MEMORY, port, ENGINE_PORT);
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> command =
                    List.of(SCRIPT.toString(), RealKernel.cache().toString(), Integer.toString(door.getLocalPort()));
            CompletableFuture<GuestRun> end = new CompletableFuture<>();
            Thread thread = new Thread(() -> run(guest, command, results, end), "guest with Docker's engine");
            thread.start();
            // A guest that ends before it has said a word never will.
            var unused = end.whenComplete((run, failure) -> close(door));
            door.setSoTimeout(Math.toIntExact(READY.toMillis()));
            try {
                Socket control = door.accept();
                if (control.getInputStream().read() < 0) {
                    throw new IOException("the guest hung up");
                }
                return new DockerGuest(thread, control, URI.create("tcp://127.0.0.1:" + port));
            } catch (IOException e) {
                IllegalStateException failure =
                        new IllegalStateException("no Docker engine in the guest: " + whatItSaid(end, results), e);
                thread.interrupt();
                thread.join();
                throw failure;
            }
        }
    }

    private static void run(GuestKernel guest, List<String> command, Path results, CompletableFuture<GuestRun> end) {
        try {
            end.complete(guest.run(command, results, LIFE));
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.completeExceptionally(e);
        }
    }

    private static void close(ServerSocket door) {
        try {
            door.close();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static String whatItSaid(CompletableFuture<GuestRun> end, Path results) throws InterruptedException {
        try {
            GuestRun run = end.get(END.toSeconds(), TimeUnit.SECONDS);
            return "status " + run.exitStatus() + "\n" + run.console();
        } catch (TimeoutException e) {
            return "its console is in " + results;
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    /** One that nobody listens at now; QEMU takes it a moment later, and says so if somebody was faster. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Where the engine answers. */
    URI host() {
        return host;
    }

    /** Powers the guest off. */
    @Override
    public void close() throws IOException {
        control.close();
        try {
            thread.join(END.toMillis());
            // Then it hangs, and its processes are ended.
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
