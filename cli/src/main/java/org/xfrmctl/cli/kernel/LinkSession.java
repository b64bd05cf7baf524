package org.xfrmctl.cli.kernel;

import org.xfrmctl.manager.link.KernelLinks;
import org.xfrmctl.manager.link.LinkTables;
import org.xfrmctl.manager.route.KernelRoutes;
import org.xfrmctl.manager.route.RouteTables;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.route.RouteClient;

/** A connection to a kernel's links and routes for the length of a command. */
public final class LinkSession implements AutoCloseable {
    private final LinkTables tables;
    private final RouteTables routes;
    private final Runnable end;

    private LinkSession(LinkTables tables, RouteTables routes, Runnable end) {
        this.tables = tables;
        this.routes = routes;
        this.end = end;
    }

    /** Takes over the transport and closes it with itself. */
    public static LinkSession over(NetlinkTransport transport) {
        RouteClient client = new RouteClient(transport);
        return new LinkSession(new KernelLinks(client), new KernelRoutes(client), client::close);
    }

    /** For links that take no connection. */
    public static LinkSession of(LinkTables tables, RouteTables routes) {
        return new LinkSession(tables, routes, () -> {});
    }

    public LinkTables tables() {
        return tables;
    }

    public RouteTables routes() {
        return routes;
    }

    @Override
    public void close() {
        end.run();
    }
}
