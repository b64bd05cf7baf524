package org.xfrmctl.manager.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/** Whatever the kernel refuses, the routes are what they were, or it is told which are not. */
class RouteRunTest {
    private final MemoryRoutes tables = new MemoryRoutes();

    private static ChildRoute route(String destination, int mtu) {
        Leg leg = new Leg(Optional.of(IpAddress.parse("192.0.2.254")), "wan", false, Optional.empty());
        return new ChildRoute(IpPrefix.parse(destination), 65535, leg, RouteMetrics.mtu(mtu));
    }

    private RouteRunException refusedRun() {
        tables.add(route("10.2.0.0/16", 1300));
        List<RouteChange> changes = List.of(
                new RouteChange.Add(route("10.3.0.0/16", 1300)),
                new RouteChange.Replace(route("10.2.0.0/16", 1300), route("10.2.0.0/16", 1200)));
        return catchThrowableOfType(RouteRunException.class, () -> RouteRun.apply(changes, tables));
    }

    @Test
    void aReplacementThatIsRefusedHalfWayIsUndoneAsThoseBeforeIt() {
        tables.refused = request -> request.startsWith("delete 10.2.0.0/16") && request.endsWith("mtu 1300");
        assertThat(refusedRun().remains()).isEmpty();
        assertThat(tables.ours()).containsExactly(route("10.2.0.0/16", 1300));
    }

    @Test
    void whatCannotBeUndoneOfItIsTold() {
        tables.refused = request -> request.startsWith("delete 10.2.0.0/16");
        assertThat(refusedRun().remains())
                .singleElement()
                .asString()
                .startsWith("route replace 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1200: ");
        assertThat(tables.ours()).containsExactly(route("10.2.0.0/16", 1200), route("10.2.0.0/16", 1300));
    }
}
