package org.xfrmctl.cli.metrics;

/** Gives the text of one scrape after the other. */
@FunctionalInterface
public interface Scrapes {
    /**
     * The text of one that is made now.
     *
     * @throws InterruptedException if it was broken off: nobody waits for it any more
     */
    String next() throws InterruptedException;
}
