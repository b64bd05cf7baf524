package org.xfrmctl.manager.probe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.netlink.route.RouteQuery;

/**
 * A host with one address and one link of 1500 bytes, and routes to some others.
 *
 * @param known what it knows of its ways
 * @param socket what a socket is told
 */
record ModelHost(ModelPath path, IpAddress address, List<IpAddress> routed, int known, OptionalInt socket)
        implements ProbingHost, Ways {
    private static final int LINK = 1500;

    static ModelHost behind(ModelPath path, IpAddress own, IpAddress far, int known) {
        return new ModelHost(path, own, List.of(far), known, OptionalInt.of(known));
    }

    ModelHost telling(int mtu) {
        return new ModelHost(path, address, routed, known, OptionalInt.of(mtu));
    }

    @Override
    public Ways ways() {
        return this;
    }

    @Override
    public OptionalInt socketMtu(SocketQuestion question) {
        return socket;
    }

    @Override
    public Sounder open(EchoPath asked) {
        return path.open(asked);
    }

    @Override
    public void close() {
        // There is nothing behind it.
    }

    private Way way() {
        return new Way(
                known,
                known < LINK ? Way.Origin.LEARNT : Way.Origin.LINK,
                false,
                Optional.of(new Way.Carrier("eth0", LINK)));
    }

    @Override
    public Way outer(RouteQuery query) {
        return way();
    }

    @Override
    public Clear inner(RouteQuery query) {
        return routed.contains(query.destination()) ? Clear.by(way()) : Clear.REFUSED;
    }

    @Override
    public Optional<Way> through(IfId ifId) {
        return Optional.empty();
    }

    @Override
    public List<IpAddress> own() {
        return List.of(address);
    }

    @Override
    public Optional<IpAddress> source(RouteQuery query) {
        return Optional.of(address);
    }
}
