package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Template;

/** left -- carol -- wan -- moon -- lan: both forward, and on the LAN sits alice, who hears and says nothing. */
final class Forwarders {
    final HandClock clock = new HandClock();
    final Network network = new Network();
    final Link left = network.link("left", 9000);
    final Link wan;
    final Link lan = network.link("lan", 9000);
    final Host carol = host("carol", 1);
    final Host moon = host("moon", 2);
    final List<byte[]> onLeft = new ArrayList<>();
    final List<byte[]> onWan = new ArrayList<>();
    final List<byte[]> onLan = new ArrayList<>();

    Forwarders(int wanMtu) {
        wan = network.link("wan", wanMtu);
        left.tap(onLeft::add);
        wan.tap(onWan::add);
        lan.tap(onLan::add);
        carol.attach("tunc", left, List.of(net("10.3.0.1/24"), net("fd03::1/64")));
        carol.attach("v0", wan, List.of(net("192.168.0.100/24"), net("fec0::100/64")));
        carol.route(net("10.1.0.0/16"), ip(Plan.V4.moon()));
        carol.route(net("fd01::/64"), ip(Plan.V6.moon()));
        carol.forwarding(true);
        moon.attach("v1", wan, List.of(net("192.168.0.1/24"), net("fec0::1/64")));
        moon.attach("lan", lan, List.of(net("10.1.0.1/16"), net("fd01::1/64")));
        moon.forwarding(true);
        Host alice = host("alice", 3);
        alice.attach("lan", lan, List.of(net("10.1.0.9/16"), net("fd01::9/64")));
        Host sender = host("sender", 4);
        sender.attach("left", left, List.of(net("10.3.0.9/24"), net("fd03::9/64")));
        alice.silent(true);
        sender.silent(true);
    }

    private Host host(String name, long seed) {
        return new Host(name, network, clock, new Random(seed), Identifiers.random(new Random(seed)));
    }

    /** Has carol protect what goes to the LAN, in either family. */
    void outbound(List<Template> templates) {
        Gateways.add(
                carol,
                policy(Direction.OUT, "10.3.0.0/24", "10.1.0.0/16")
                        .templates(templates)
                        .build());
        Gateways.add(
                carol,
                policy(Direction.OUT, "fd03::/64", "fd01::/64")
                        .templates(templates)
                        .build());
    }

    /** What moon asks of packets for the LAN or for itself, in either family. */
    void inbound(Direction direction, List<Template> templates) {
        Gateways.add(
                moon,
                policy(direction, "10.3.0.0/24", "10.1.0.0/16")
                        .templates(templates)
                        .build());
        Gateways.add(
                moon,
                policy(direction, "fd03::/64", "fd01::/64").templates(templates).build());
    }

    /** A packet comes to carol from the left; what it caused is on the links. */
    void send(byte[] packet) {
        forget();
        carol.device("tunc").receive(packet.clone());
        network.pump();
    }

    /** A packet comes to moon from the WAN. */
    void receive(byte[] packet) {
        forget();
        moon.device("v1").receive(packet.clone());
        network.pump();
    }

    private void forget() {
        onLeft.clear();
        onWan.clear();
        onLan.clear();
    }
}
