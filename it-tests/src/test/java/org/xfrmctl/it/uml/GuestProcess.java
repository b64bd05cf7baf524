package org.xfrmctl.it.uml;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The kernel's process on this machine and its children, one for each address space in the guest. Closing ends exactly
 * these; so does the end of this JVM.
 */
final class GuestProcess implements AutoCloseable {
    private final Process process;
    private final Thread hook;

    GuestProcess(Process process) {
        this.process = process;
        this.hook = new Thread(this::kill, "end of the guest");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * How the guest ended.
     *
     * @param inTime whether it powered off by itself; a guest that is killed may still seem to, because its processes
     *     die one after the other and its init script goes on for a moment
     */
    record End(boolean inTime, String text) {}

    /** Waits for the guest to power off and says how it ended. */
    End awaitEnd(Duration limit) throws InterruptedException {
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return new End(true, "the guest ended with status " + process.exitValue());
        }
        return new End(false, "the guest was still running after " + limit.toSeconds() + " s");
    }

    private void kill() {
        // The children are collected first: once their parent is gone they are no longer its descendants.
        List<ProcessHandle> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(each -> each.onExit().join());
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
