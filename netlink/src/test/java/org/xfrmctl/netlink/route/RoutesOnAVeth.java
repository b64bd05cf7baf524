package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.sys.NetlinkProtocol;

/** A namespace with a veth {@code va} that is up and has addresses, for tests that add routes with protocol {@link #OURS}. */
@Timeout(20)
abstract class RoutesOnAVeth {
    @RegisterExtension
    static final TestNamespace NAMESPACE = new TestNamespace();

    static final int OURS = 66;
    static final RouteTable TABLE = new RouteTable(1000);
    static final IpPrefix FAR = IpPrefix.parse("198.51.100.0/24");
    static final IpPrefix FAR6 = IpPrefix.parse("2001:db8:1::/48");
    static final IpAddress GATEWAY = IpAddress.parse("192.0.2.2");
    static final IpAddress GATEWAY6 = IpAddress.parse("2001:db8::2");

    RouteClient client;
    int va;

    @BeforeEach
    void makeLinks() {
        client = new RouteClient(NAMESPACE.open(NetlinkProtocol.ROUTE));
        client.addLink(new NewLink.Veth("va", "vb"));
        va = client.findLink("va").orElseThrow().index();
        NAMESPACE.ip("link set va addrgenmode none");
        client.addAddress(LinkAddress.of(va, IpPrefix.parse("192.0.2.1/24")));
        client.addAddress(LinkAddress.of(va, IpPrefix.parse("2001:db8::1/64")).withoutDad());
        // The far end first: then va has its carrier at once, and no route changes when the kernel gets round to
        // noticing.
        client.setUp(client.findLink("vb").orElseThrow().index());
        client.setUp(va);
        client.setUp(1);
    }

    /** With the link go its routes; the others go one by one. */
    @AfterEach
    void deleteLinksAndRoutes() {
        client.deleteLink(va);
        client.listRoutes(Family.UNSPEC).stream()
                .filter(route -> route.kind().protocol() == OURS)
                .forEach(client::deleteRoute);
        client.close();
    }

    Route to(IpPrefix destination) {
        return Route.through(destination, Hop.via(destination.family() == Family.INET ? GATEWAY : GATEWAY6, va))
                .withProtocol(OURS);
    }

    /** The one route that a test has made. */
    Route ours() {
        List<Route> ours = client.listRoutes(Family.UNSPEC).stream()
                .filter(route -> route.kind().protocol() == OURS)
                .toList();
        assertThat(ours).hasSize(1);
        return ours.get(0);
    }

    static JsonNode only(String words) {
        List<JsonNode> shown = NAMESPACE.json(words);
        assertThat(shown).hasSize(1);
        return shown.get(0);
    }
}
