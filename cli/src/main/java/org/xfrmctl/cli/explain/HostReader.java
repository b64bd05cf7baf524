package org.xfrmctl.cli.explain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.OpenDefaults;
import org.xfrmctl.datapath.explain.Tables;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Reads a host's tables, and opens its routes. */
public final class HostReader {
    /** Where a kernel has no routes and nobody says an MTU. */
    private static final int ETHERNET = 1500;

    private HostReader() {}

    /** {@code mtu}, if there is one, stands for all routes. Routes are asked for when they are needed, until it is closed. */
    public static HostView read(Kernel kernel, OptionalInt mtu, Instant now) {
        Tables tables = tables(kernel, now);
        Optional<NetlinkTransport> routes = kernel.openRoute();
        if (routes.isEmpty()) {
            String told = mtu.isPresent() ? "as given" : "taken for granted: this kernel has no routes";
            return HostView.withoutRoutes(tables, mtu.orElse(ETHERNET), told, kernel::interfaceIndex);
        }
        HostView host = new HostView(
                tables,
                new KernelSurroundings(new RouteClient(routes.get()), kernel::interfaceIndex),
                "the route there");
        return mtu.isPresent() ? host.withWays(mtu.getAsInt(), "as given") : host;
    }

    private static Tables tables(Kernel kernel, Instant now) {
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            return new Tables(
                    client.listStates(),
                    client.listPolicies(),
                    OpenDefaults.ask(client).orElse(OpenDefaults.ACCEPT),
                    now);
        }
    }
}
