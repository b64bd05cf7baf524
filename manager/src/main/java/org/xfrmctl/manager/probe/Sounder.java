package org.xfrmctl.manager.probe;

import org.xfrmctl.model.echo.Heard;

/** Sends echo requests that nobody may fragment to one host, one at a time. */
public interface Sounder extends AutoCloseable {
    /**
     * Sends a packet and waits for what comes of it.
     *
     * @param size of the whole packet, with its IP header
     * @param millis how long to wait at most
     */
    Heard sound(int size, int millis);

    @Override
    void close();
}
