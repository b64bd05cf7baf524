package org.xfrmctl.it.ike;

import java.io.IOException;
import java.util.List;
import org.xfrmctl.it.guest.GuestCommand;

/**
 * The hosts of strongSwan's tests, as network namespaces of the guest: the gateways moon and sun with alice and bob behind them,
 * and the roadwarrior carol, for whom moon's 192.168.0.1 is the way to everything.
 */
final class IkeNetwork {
    /** From eth0 of one host to a device of a gateway. */
    private record Link(String host, String gateway, String device) {}

    private static final List<Link> LINKS = List.of(
            new Link("carol", "moon", "eth0"),
            new Link("alice", "moon", "eth1"),
            new Link("sun", "moon", "eth2"),
            new Link("bob", "sun", "eth1"));

    private static final List<String> COMMANDS = List.of(
            "ip -n carol address add 192.168.0.100/24 dev eth0",
            "ip -n carol route add default via 192.168.0.1",
            "ip -n moon address add 192.168.0.1/24 dev eth0",
            "ip -n moon address add 10.1.0.1/16 dev eth1",
            "ip -n moon address add 192.168.5.1/24 dev eth2",
            "ip -n moon route add default via 192.168.5.2",
            "ip -n alice address add 10.1.0.10/16 dev eth0",
            "ip -n alice route add default via 10.1.0.1",
            "ip -n sun address add 192.168.5.2/24 dev eth0",
            "ip -n sun address add 10.2.0.1/16 dev eth1",
            "ip -n sun route add default via 192.168.5.1",
            "ip -n bob address add 10.2.0.10/16 dev eth0",
            "ip -n bob route add default via 10.2.0.1",
            "ip netns exec moon sysctl -qw net.ipv4.ip_forward=1",
            "ip netns exec sun sysctl -qw net.ipv4.ip_forward=1");

    private IkeNetwork() {}

    static void lay() throws IOException, InterruptedException {
        GuestCommand.run("ip link set lo up");
        for (String host : List.of("carol", "moon", "alice", "sun", "bob")) {
            GuestCommand.run("ip netns add " + host);
            GuestCommand.run("ip -n " + host + " link set lo up");
        }
        for (Link link : LINKS) {
            GuestCommand.run("ip link add eth0 netns " + link.host() + " type veth peer name " + link.device()
                    + " netns " + link.gateway());
            GuestCommand.run("ip -n " + link.host() + " link set eth0 up");
            GuestCommand.run("ip -n " + link.gateway() + " link set " + link.device() + " up");
        }
        for (String command : COMMANDS) {
            GuestCommand.run(command);
        }
    }
}
