package org.xfrmctl.cli.lab.userspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.manager.route.ChildRoute;
import org.xfrmctl.manager.route.Leg;
import org.xfrmctl.manager.route.OtherRoute;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.route.RouteMetrics;

/** Routes of children on a lab's host: what is added is found again as it was, and others' stay what they are. */
class HostRoutesTest {
    private static final IpPrefix FAR = IpPrefix.parse("10.2.0.0/16");
    private static final Leg LEG = new Leg(
            Optional.of(IpAddress.parse("192.0.2.254")), "wan", false, Optional.of(IpAddress.parse("192.0.2.1")));

    private final Network network = new Network();
    private final Host host =
            new Host("a", network, Clock.systemUTC(), new Random(1), Identifiers.random(new Random(2)));
    private final HostRoutes routes = new HostRoutes(host);

    @BeforeEach
    void attach() {
        host.attach("wan", network.link("wan", 1500), List.of(IpPrefix.parse("192.0.2.1/24")));
        host.route(FAR, IpAddress.parse("192.0.2.254"));
    }

    private static ChildRoute narrow(int mtu, long metric) {
        return new ChildRoute(FAR, metric, LEG, RouteMetrics.mtu(mtu));
    }

    @Test
    void whatIsAddedIsFoundAgainAndOthersStay() {
        List<OtherRoute> others = routes.look().others();
        routes.add(narrow(1300, 0));
        assertThat(routes.ours()).containsExactly(narrow(1300, 0));
        assertThat(routes.look().others()).isEqualTo(others);
        assertThat(routes.look().linkMtus()).containsEntry("wan", 1500);

        routes.replace(narrow(1300, 0), narrow(1200, 0));
        assertThat(routes.ours()).containsExactly(narrow(1200, 0));
        routes.remove(narrow(1200, 0));
        assertThat(routes.ours()).isEmpty();
        assertThat(routes.look().others()).isEqualTo(others);
    }

    @Test
    void oneThatIsNotThereHasGoneAlready() {
        routes.add(narrow(1200, 0));
        routes.remove(narrow(1300, 0));
        assertThat(routes.ours()).containsExactly(narrow(1200, 0));
    }

    /** A manager of interfaces would take them for its own. */
    @Test
    void theyAreNoneOfAnInterfaces() {
        routes.add(narrow(1300, 0));
        assertThat(host.routesBy(host.device("wan"))).containsExactly(FAR);
        host.removeRoute(FAR, host.device("wan"));
        assertThat(routes.ours()).containsExactly(narrow(1300, 0));
    }
}
