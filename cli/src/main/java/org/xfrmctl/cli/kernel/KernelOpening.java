package org.xfrmctl.cli.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.xfrmctl.netlink.NetlinkTransport;

/**
 * A way to a kernel that is opened while the caller does something else: binding libc takes as long as reading ten
 * thousand lines. Only for a kernel that does not care which thread opens it. Not safe for several threads itself.
 */
public final class KernelOpening implements AutoCloseable {
    private final CompletableFuture<NetlinkTransport> opening;
    private boolean taken;

    private KernelOpening(CompletableFuture<NetlinkTransport> opening) {
        this.opening = opening;
    }

    public static KernelOpening start(Kernel kernel) {
        return new KernelOpening(CompletableFuture.supplyAsync(kernel::open, KernelOpening::run));
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "open-kernel");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the transport, which then is the caller's to close; throws what went wrong with opening it. */
    public NetlinkTransport take() {
        taken = true;
        try {
            return opening.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** What nobody took is closed as soon as it is open; if it cannot be opened, nobody needs to know. */
    @Override
    public void close() {
        if (!taken) {
            CompletableFuture<Void> unused = opening.thenAccept(NetlinkTransport::close);
        }
    }
}
