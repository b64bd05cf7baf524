package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.sys.EchoSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/** A router tells of a nearer one (RFC 792), on this machine's kernel: whose MTU is it then? */
class RedirectedRouteTest {
    @RegisterExtension
    static final TestNamespace HOST = new TestNamespace("host");

    @RegisterExtension
    static final TestNamespace ROUTER = new TestNamespace("router");

    private static PacketRoute route(String destination) {
        try (RouteClient client = new RouteClient(HOST.open(NetlinkProtocol.ROUTE))) {
            return client.getRoute(RouteQuery.to(IpAddress.parse(destination)));
        }
    }

    /** Its redirect is there when this returns: it comes before any answer could, and an unanswered request takes a while. */
    private static void send(String destination) {
        EchoPath path = new EchoPath(Optional.empty(), IpAddress.parse(destination), 0, false);
        var unused = NetworkNamespace.named(HOST.name()).call(() -> {
            try (EchoSocket socket = EchoSocket.open(path, 1)) {
                return socket.sound(84, 200);
            }
        });
    }

    @Test
    void aRedirectedRouteKeepsItsOwnMtu() {
        HOST.ip("link add near type veth peer name near netns " + ROUTER.name());
        ROUTER.set("net/ipv4/ip_forward", "1");
        for (TestNamespace each : new TestNamespace[] {HOST, ROUTER}) {
            each.ip("link set lo up");
            each.ip("address add 192.0.2." + (each == HOST ? 1 : 254) + "/24 dev near");
            each.ip("link set near up");
            // Nobody has it, but it must not be looked for.
            each.ip("neighbour add 192.0.2.253 lladdr 02:00:00:00:00:53 dev near nud permanent");
        }
        HOST.ip("route add 203.0.113.0/24 via 192.0.2.254 mtu 1300");
        HOST.ip("route add 198.51.100.0/24 via 192.0.2.254");
        ROUTER.ip("route add 203.0.113.0/24 via 192.0.2.253");
        ROUTER.ip("route add 198.51.100.0/24 via 192.0.2.253");
        assertThat(route("203.0.113.1").origin()).isEqualTo(PacketRoute.Origin.ROUTE);

        send("203.0.113.1");
        send("198.51.100.1");

        assertThat(HOST.ip("route get 203.0.113.1")).contains("via 192.0.2.253", "redirect", "expires", "mtu 1300");
        assertThat(route("203.0.113.1").origin()).isEqualTo(PacketRoute.Origin.ROUTE);
        assertThat(route("203.0.113.1").mtu()).isEqualTo(1300);
        assertThat(HOST.ip("route get 198.51.100.1")).contains("redirect", "expires");
        assertThat(route("198.51.100.1").origin()).isEqualTo(PacketRoute.Origin.LINK);
    }
}
