package org.xfrmctl.datapath.host;

import java.time.Duration;
import org.xfrmctl.model.IpAddress;

/**
 * A file that is to go through a TCP connection.
 *
 * @param destination the address that is connected to
 * @param port the port there
 * @param bytes the file's length
 * @param patience how long nothing may arrive before it is given up
 */
public record TransferOptions(IpAddress destination, int port, int bytes, Duration patience) {
    /** The port of "discard" (RFC 863), which nobody else is likely to have. */
    public static final int DISCARD = 9;

    public TransferOptions(IpAddress destination, int bytes) {
        this(destination, DISCARD, bytes, Duration.ofSeconds(10));
    }

    /** The file's byte at a place: no period that a lost or repeated segment could hide behind. */
    public static byte content(int at) {
        return (byte) ((at * 0x9e3779b1) >>> 24);
    }
}
