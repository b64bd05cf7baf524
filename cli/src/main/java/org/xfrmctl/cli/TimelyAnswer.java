package org.xfrmctl.cli;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The answer of somebody who may never give one. */
final class TimelyAnswer {
    private TimelyAnswer() {}

    /**
     * What the question returns or throws. It is asked on a thread that is interrupted when the time is over, and that does not
     * keep the program from its end if that wakes it from nothing, as a call of the C library.
     *
     * @throws CommandFailedException if there is no answer by then; {@code who} is asked
     */
    static <T> T within(Duration patience, String who, Supplier<T> question) {
        FutureTask<T> asking = new FutureTask<>(question::get);
        Thread thread = new Thread(asking, "question");
        thread.setDaemon(true);
        thread.start();
        try {
            return asking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailedException(
                    who + " takes connections, but did not answer within " + patience.toSeconds() + " s",
                    "it hangs, or has much to do: look at what it wrote, start it anew, or give it longer with --wait");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(who + " was not waited for: this was interrupted", "ask again");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            asking.cancel(true);
        }
    }
}
