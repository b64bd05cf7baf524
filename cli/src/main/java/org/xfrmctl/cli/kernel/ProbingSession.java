package org.xfrmctl.cli.kernel;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.xfrmctl.manager.mtu.HostWays;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.manager.probe.Sounder;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.route.RouteClient;

/** A host whose routes are told by netlink, and whose sockets are the kernel's. */
public final class ProbingSession implements ProbingHost {
    private final RouteClient routes;
    private final List<LogicalInterface> interfaces;
    private final Function<SocketQuestion, OptionalInt> sockets;
    private final Function<EchoPath, Sounder> sounders;

    /**
     * Takes over the transport.
     *
     * @param interfaces those that the definition has
     * @param sockets connects a UDP socket, and says its MTU
     * @param sounders opens a socket for echo requests
     */
    public ProbingSession(
            NetlinkTransport route,
            List<LogicalInterface> interfaces,
            Function<SocketQuestion, OptionalInt> sockets,
            Function<EchoPath, Sounder> sounders) {
        this.routes = new RouteClient(route);
        this.interfaces = List.copyOf(interfaces);
        this.sockets = sockets;
        this.sounders = sounders;
    }

    @Override
    public Ways ways() {
        return new HostWays(routes, interfaces);
    }

    @Override
    public OptionalInt socketMtu(SocketQuestion question) {
        return sockets.apply(question);
    }

    @Override
    public Sounder open(EchoPath path) {
        return sounders.apply(path);
    }

    @Override
    public void close() {
        routes.close();
    }
}
