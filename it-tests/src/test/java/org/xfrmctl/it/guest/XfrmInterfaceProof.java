package org.xfrmctl.it.guest;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.Hop;
import org.xfrmctl.netlink.route.Link;
import org.xfrmctl.netlink.route.LinkAddress;
import org.xfrmctl.netlink.route.NewLink;
import org.xfrmctl.netlink.route.Route;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteQuery;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;

/**
 * Runs in the guest: xfrm interfaces from their making to their end. Prints what it saw, one fact on each line, for
 * {@link XfrmInterfaceIT} to judge.
 */
final class XfrmInterfaceProof {
    private static final int LOOPBACK = 1;
    private static final IpPrefix FAR = IpPrefix.parse("198.51.100.0/24");

    private final RouteClient client;

    private XfrmInterfaceProof(RouteClient client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (RouteClient client = new RouteClient(AfNetlinkSocket.open(NetlinkProtocol.ROUTE))) {
            XfrmInterfaceProof proof = new XfrmInterfaceProof(client);
            proof.make();
            proof.makeWhatIsThere();
            proof.use();
            proof.delete();
        }
    }

    private void make() throws IOException, InterruptedException {
        client.setUp(LOOPBACK);
        for (NewLink link : List.of(
                new NewLink.Xfrm("ipsec0", new IfId(42), OptionalInt.of(LOOPBACK)),
                new NewLink.Xfrm("ipsec1", new IfId(0xffffffff), OptionalInt.empty()),
                new NewLink.ExternalXfrm("ipsec2"),
                new NewLink.Dummy("dummy7"))) {
            client.addLink(link);
            Link made = link(link.name());
            say(link.name(), made.kind() + " on " + made.relations().lower());
            say(
                    "ip shows",
                    GuestCommand.run("ip -d -o link show " + link.name()).strip());
        }
        GuestCommand.run("ip link add ipsec9 type xfrm dev lo if_id 9");
        say("of ip", link("ipsec9") + " on " + link("ipsec9").relations().lower());
    }

    private void makeWhatIsThere() {
        say("same name", refusal(() -> client.addLink(new NewLink.Xfrm("ipsec0", new IfId(43), OptionalInt.empty()))));
        say("same if_id", refusal(() -> client.addLink(new NewLink.Xfrm("ipsec3", new IfId(42), OptionalInt.empty()))));
        say("second external", refusal(() -> client.addLink(new NewLink.ExternalXfrm("ipsec3"))));
    }

    private void use() {
        int index = link("ipsec0").index();
        client.setMtu(index, 1400);
        client.setUp(index);
        client.addAddress(LinkAddress.of(index, IpPrefix.parse("10.1.0.1/32")));
        say("addresses", client.listAddresses(index));
        RouteTable table = new RouteTable(220);
        client.addRoute(Route.through(FAR, Hop.on(index)).withTable(table));
        say("routes", client.listRoutes(Family.INET, table));
        client.addRoute(Route.through(FAR, Hop.on(index)));
        say(
                "a packet's way",
                client.getRoute(RouteQuery.to(IpAddress.parse("198.51.100.7"))).mtu());
    }

    private void delete() {
        client.listLinks().stream()
                .filter(link -> link.kind() instanceof Link.Kind.Xfrm)
                .forEach(link -> client.deleteLink(link.index()));
        say(
                "left",
                client.listLinks().stream()
                        .filter(link -> link.kind() instanceof Link.Kind.Xfrm)
                        .toList());
    }

    private Link link(String name) {
        return client.findLink(name).orElseThrow();
    }

    private static String refusal(Runnable request) {
        try {
            request.run();
            return "was made";
        } catch (NetlinkException e) {
            return e.getMessage() + " | " + String.join(" | ", e.advice());
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + ": " + value);
    }
}
