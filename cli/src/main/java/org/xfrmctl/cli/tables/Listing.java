package org.xfrmctl.cli.tables;

import org.xfrmctl.netlink.message.NetlinkMessage;

/** Prints objects one after the other, as they come, however many there are. */
sealed interface Listing extends AutoCloseable permits TextListing, JsonListing {
    /** The message is not kept. */
    void add(NetlinkMessage message);

    /** That was all. A list that is closed without it has broken off, and does not look whole. */
    void end();

    /** Prints what is still held back. */
    @Override
    void close();
}
