package org.xfrmctl.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a lab on network namespaces be stopped by a signal (Ctrl-C) without leaving namespaces behind: the run is ended, and
 * the process stays until the thread that runs the lab has taken it down.
 */
final class StopRequest implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop the lab");

    /** Guarded by this: whether stopping does not interrupt, since the lab is being taken down anyway. */
    private boolean ignored;

    /** Guarded by this: whether the run was ended by a signal. */
    private boolean made;

    private StopRequest() {}

    /** Watches for a signal, if {@code needed}, on behalf of the calling thread. */
    static StopRequest watch(boolean needed) {
        StopRequest request = new StopRequest();
        if (needed) {
            Runtime.getRuntime().addShutdownHook(request.hook);
        } else {
            request.over.countDown();
        }
        return request;
    }

    private void stop() {
        interrupt();
        boolean interrupted = false;
        while (!interrupted && over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private synchronized void interrupt() {
        if (!ignored) {
            made = true;
            // A ping that waits for replies would be waited for; a terminal's Ctrl-C has reached it anyway.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
            worker.interrupt();
        }
    }

    /** From here on a signal only makes the process end when the lab is down. */
    synchronized void ignoreFromHere() {
        ignored = true;
    }

    synchronized boolean isMade() {
        return made;
    }

    @Override
    public void close() {
        over.countDown();
    }
}
