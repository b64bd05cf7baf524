package org.xfrmctl.cli.kernel;

import org.xfrmctl.manager.link.KernelLinks;
import org.xfrmctl.manager.link.LinkTables;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.route.RouteClient;

/** A connection to a kernel's links for the length of a command. */
public final class LinkSession implements AutoCloseable {
    private final LinkTables tables;
    private final Runnable end;

    private LinkSession(LinkTables tables, Runnable end) {
        this.tables = tables;
        this.end = end;
    }

    /** Takes over the transport and closes it with itself. */
    public static LinkSession over(NetlinkTransport transport) {
        RouteClient client = new RouteClient(transport);
        return new LinkSession(new KernelLinks(client), client::close);
    }

    /** For links that take no connection. */
    public static LinkSession of(LinkTables tables) {
        return new LinkSession(tables, () -> {});
    }

    public LinkTables tables() {
        return tables;
    }

    @Override
    public void close() {
        end.run();
    }
}
