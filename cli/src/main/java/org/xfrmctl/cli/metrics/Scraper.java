package org.xfrmctl.cli.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;
import org.xfrmctl.netlink.sys.NativeAccessException;

/**
 * Makes the text of scrapes. A kernel that cannot be read is told as {@code xfrmctl_up 0} and nothing else is told of it, for half
 * of it would look like children that have gone. Not safe for several threads.
 */
public final class Scraper implements Scrapes {
    private final Program program;
    private final Reading reading;
    private final Consumer<Scrape> own;
    private final Consumer<String> log;
    private final KernelFigures figures = new KernelFigures();
    private Optional<String> problem = Optional.empty();

    /** Who tells: the version, and the command that runs. */
    public record Program(String version, String command) {}

    /** Looks at the kernel. */
    @FunctionalInterface
    public interface Reading {
        KernelView read() throws IOException;
    }

    /**
     * Looks once, so that what states count from now on can be told.
     *
     * @param own adds what this process knows of itself
     * @param log is told of each problem once, and when it is over
     */
    public Scraper(Program program, Reading reading, Consumer<Scrape> own, Consumer<String> log) {
        this.program = program;
        this.reading = reading;
        this.own = own;
        this.log = log;
        try {
            read(new Scrape());
        } catch (InterruptedException e) {
            // Whoever does not wait for the first look does not wait for a scrape either.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String next() throws InterruptedException {
        Scrape kernel = new Scrape();
        long began = System.nanoTime();
        boolean isRead = read(kernel);
        double seconds = (System.nanoTime() - began) / 1e9;
        Scrape scrape = new Scrape();
        scrape.add(Metric.UP, isRead ? 1 : 0);
        scrape.add(Metric.BUILD_INFO, 1, program.version(), program.command());
        scrape.add(Metric.SCRAPE_DURATION, seconds);
        own.accept(scrape);
        if (isRead) {
            scrape.addAll(kernel);
        }
        return scrape.text();
    }

    private boolean read(Scrape scrape) throws InterruptedException {
        try {
            figures.collect(scrape, reading.read());
            tell(Optional.empty());
            return true;
        } catch (NetlinkException
                | TransportClosedException
                | NativeAccessException
                | JournalException
                | ConfigException
                | UncheckedIOException
                | IOException e) {
            if (Thread.interrupted()) {
                // Of files that are closed for it (ClosedByInterruptException), which says nothing of the kernel.
                throw (InterruptedException) new InterruptedException("a scrape was broken off").initCause(e);
            }
            tell(Optional.of(e.getMessage() == null ? e.toString() : e.getMessage()));
            return false;
        }
    }

    private void tell(Optional<String> now) {
        if (!now.equals(problem)) {
            log.accept(now.map(why -> "metrics: xfrmctl_up is 0: " + why).orElse("metrics: xfrmctl_up is 1 again"));
        }
        problem = now;
    }
}
