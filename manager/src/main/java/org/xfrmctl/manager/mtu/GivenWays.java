package org.xfrmctl.manager.mtu;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.route.RouteQuery;

/** Ways of a host that nobody asks. */
record GivenWays(int mtu, List<LogicalInterface> interfaces) implements Ways {
    /** What an xfrm interface has if nobody says ({@code net/xfrm/xfrm_interface_core.c, xfrmi_dev_setup()}). */
    private static final int UNSAID = 1500;

    @Override
    public Way outer(RouteQuery query) {
        return Way.given(mtu);
    }

    @Override
    public Clear inner(RouteQuery query) {
        return Clear.UNKNOWN;
    }

    @Override
    public Optional<Way> through(IfId ifId) {
        return defined(interfaces, ifId);
    }

    /** The way into the interface that has an if_id, as it will be when it is made. */
    static Optional<Way> defined(List<LogicalInterface> interfaces, IfId ifId) {
        return interfaces.stream()
                .filter(each -> each.kind() instanceof LogicalInterface.Kind.Xfrm xfrm
                        && xfrm.ifId().equals(ifId))
                .findFirst()
                .map(each -> Way.defined(each.name(), each.mtu().orElse(UNSAID)));
    }

    @Override
    public List<IpAddress> own() {
        return List.of();
    }

    @Override
    public Optional<IpAddress> source(RouteQuery query) {
        return Optional.empty();
    }
}
