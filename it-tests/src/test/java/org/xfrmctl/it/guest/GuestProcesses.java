package org.xfrmctl.it.guest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A guest's processes on this machine: the kernel's, what serves it, and their children. Closing ends exactly these; so
 * does the end of this JVM.
 */
final class GuestProcesses implements AutoCloseable {
    /** Guarded by itself: the thread that ends the JVM reads it too. */
    private final List<Process> started = new ArrayList<>();

    private final Thread hook = new Thread(this::kill, "end of the guest");

    GuestProcesses() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * How the guest ended.
     *
     * @param inTime whether it powered off by itself; a guest that is killed may still seem to, because its processes
     *     die one after the other and its init script goes on for a moment
     */
    record End(boolean inTime, String text) {}

    Process start(ProcessBuilder builder) throws IOException {
        synchronized (started) {
            Process process = builder.start();
            started.add(process);
            return process;
        }
    }

    /** Waits for the guest to power off, which ends its kernel's process, and says how it ended. */
    static End awaitEnd(Process kernel, Duration limit) throws InterruptedException {
        if (kernel.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return new End(true, "the guest ended with status " + kernel.exitValue());
        }
        return new End(false, "the guest was still running after " + limit.toSeconds() + " s");
    }

    private void kill() {
        synchronized (started) {
            // The children are collected first: once their parent is gone they are no longer its descendants.
            List<ProcessHandle> trees = started.stream()
                    .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
                    .toList();
            trees.forEach(ProcessHandle::destroyForcibly);
            trees.forEach(each -> each.onExit().join());
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
