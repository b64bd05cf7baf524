package org.xfrmctl.it.ike;

import java.io.IOException;
import java.util.List;
import org.xfrmctl.it.guest.GuestCommand;

/**
 * The hosts of strongSwan's tests, as network namespaces of the guest: the gateways moon and sun with alice and bob behind them,
 * and the roadwarrior carol, for whom moon's 192.168.0.1 is the way to everything.
 */
final class IkeNetwork {
    private static final List<String> LINKS =
            List.of("carol eth0 moon eth0", "moon eth1 alice eth0", "moon eth2 sun eth0", "sun eth1 bob eth0");

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
        for (String link : LINKS) {
            String[] ends = link.split(" ");
            GuestCommand.run("ip link add " + ends[1] + " netns " + ends[0] + " type veth peer name " + ends[3]
                    + " netns " + ends[2]);
            GuestCommand.run("ip -n " + ends[0] + " link set " + ends[1] + " up");
            GuestCommand.run("ip -n " + ends[2] + " link set " + ends[3] + " up");
        }
        for (String command : COMMANDS) {
            GuestCommand.run(command);
        }
    }
}
