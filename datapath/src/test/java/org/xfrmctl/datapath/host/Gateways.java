package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Outcome;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** carol -- wan -- moon -- lan -- alice, twice: IPv4 and IPv6. Without alice her addresses are moon's. */
final class Gateways {
    /** The addresses of one family. */
    record Plan(String carol, String moon, String alice, String lan) {
        static final Plan V4 = new Plan("192.168.0.100", "192.168.0.1", "10.1.0.10", "10.1.0.0/16");
        static final Plan V6 = new Plan("fec0::100", "fec0::1", "fd01::10", "fd01::/64");

        static Plan of(boolean v6) {
            return v6 ? V6 : V4;
        }
    }

    final HandClock clock = new HandClock();
    final Network network = new Network();
    final Link wan;
    final Link lan;
    final Host carol = host("carol", 1);
    final Host moon = host("moon", 2);
    final Host alice = host("alice", 3);
    final List<byte[]> onWan = new ArrayList<>();
    final List<byte[]> onLan = new ArrayList<>();

    private Gateways(int wanMtu, int lanMtu, boolean withAlice) {
        wan = network.link("wan", wanMtu);
        lan = network.link("lan", lanMtu);
        wan.tap(onWan::add);
        lan.tap(onLan::add);
        carol.attach("eth0", wan, List.of(net("192.168.0.100/24"), net("fec0::100/64")));
        moon.attach("eth0", wan, List.of(net("192.168.0.1/24"), net("fec0::1/64")));
        carol.route(net("10.1.0.0/16"), ip("192.168.0.1"));
        carol.route(net("fd01::/64"), ip("fec0::1"));
        if (withAlice) {
            moon.attach("eth1", lan, List.of(net("10.1.0.1/16"), net("fd01::1/64")));
            moon.forwarding(true);
            alice.attach("eth0", lan, List.of(net("10.1.0.10/16"), net("fd01::10/64")));
            alice.route(net("0.0.0.0/0"), ip("10.1.0.1"));
            alice.route(net("::/0"), ip("fd01::1"));
        } else {
            moon.attach("eth1", lan, List.of(net("10.1.0.10/16"), net("fd01::10/64")));
        }
    }

    static Gateways withAlice() {
        return withAlice(1500);
    }

    /** With another MTU of her link. */
    static Gateways withAlice(int mtu) {
        return new Gateways(1500, mtu, true);
    }

    static Gateways withoutAlice() {
        return new Gateways(1500, 1500, false);
    }

    private Host host(String name, long seed) {
        return new Host(name, network, clock, new Random(seed), Identifiers.random(new Random(seed)));
    }

    void add(XfrmState state) {
        for (Host host : List.of(carol, moon)) {
            if (host.namespace().states().insert(state).outcome() != Outcome.DONE) {
                throw new IllegalStateException("not added: " + state);
            }
        }
    }

    static void add(Host host, XfrmPolicy policy) {
        if (host.namespace().policies().insert(policy).outcome() != Outcome.DONE) {
            throw new IllegalStateException("not added: " + policy);
        }
    }

    /** The same states on both gateways, one pair of policies each; moon forwards for its LAN too. */
    Gateways espTunnel(Plan plan) {
        add(esp(plan.carol(), plan.moon(), 0x111, Mode.TUNNEL).build());
        add(esp(plan.moon(), plan.carol(), 0x222, Mode.TUNNEL).build());
        return policies(
                plan.carol(),
                plan.lan(),
                List.of(tunnel(plan.carol(), plan.moon(), IpProtocol.ESP, Level.REQUIRED)),
                List.of(tunnel(plan.moon(), plan.carol(), IpProtocol.ESP, Level.REQUIRED)));
    }

    Gateways espTransport(Plan plan, List<org.xfrmctl.model.Algorithm> algorithms) {
        add(esp(plan.carol(), plan.moon(), 0x111, Mode.TRANSPORT)
                .algorithms(algorithms)
                .build());
        add(esp(plan.moon(), plan.carol(), 0x222, Mode.TRANSPORT)
                .algorithms(algorithms)
                .build());
        List<Template> both = List.of(transport(plan.carol(), IpProtocol.ESP, Level.REQUIRED));
        return policies(plan.carol(), plan.moon(), both, both);
    }

    Gateways compressed(Plan plan, Mode mode) {
        add(comp(plan.carol(), plan.moon(), 0x11, mode).build());
        add(esp(plan.carol(), plan.moon(), 0x111, Mode.TRANSPORT).build());
        add(comp(plan.moon(), plan.carol(), 0x22, mode).build());
        add(esp(plan.moon(), plan.carol(), 0x221, Mode.TRANSPORT).build());
        String far = mode.equals(Mode.TUNNEL) ? plan.lan() : plan.moon();
        return policies(
                plan.carol(),
                far,
                compression(plan, plan.carol(), plan.moon(), mode, Level.REQUIRED),
                compression(plan, plan.moon(), plan.carol(), mode, Level.REQUIRED));
    }

    static List<Template> compression(Plan plan, String from, String to, Mode mode, Level level) {
        return List.of(
                mode.equals(Mode.TUNNEL)
                        ? tunnel(from, to, IpProtocol.COMP, level)
                        : transport(plan.carol(), IpProtocol.COMP, level),
                transport(plan.carol(), IpProtocol.ESP, Level.REQUIRED));
    }

    private Gateways policies(String near, String far, List<Template> there, List<Template> back) {
        add(carol, policy(Direction.OUT, near, far).templates(there).build());
        add(carol, policy(Direction.IN, far, near).templates(optional(back)).build());
        add(moon, policy(Direction.OUT, far, near).templates(back).build());
        add(moon, policy(Direction.IN, near, far).templates(optional(there)).build());
        add(moon, policy(Direction.FWD, near, far).templates(optional(there)).build());
        return this;
    }

    /** Inbound IPComp is optional, as a definition's level {@code auto} makes it. */
    private static List<Template> optional(List<Template> templates) {
        return templates.stream()
                .map(template -> template.protocol().equals(IpProtocol.COMP)
                        ? new Template(
                                template.id(),
                                template.source(),
                                template.reqid(),
                                template.mode(),
                                Level.USE,
                                template.masks(),
                                template.share())
                        : template)
                .toList();
    }

    /** {@code bytes/packets} of every state by its SPI in hex, behind {@code 4:} or {@code 41:} for implied ones. */
    static Map<String, String> counters(Host host) {
        Map<String, String> counters = new TreeMap<>();
        for (SecurityAssociation association : host.namespace().states().list()) {
            String spi = Integer.toHexString(association.id().spi().bits());
            String name = association.isImplied() ? association.id().protocol().number() + ":" + spi : spi;
            counters.put(
                    name,
                    association.current().bytes() + "/" + association.current().packets());
        }
        return counters;
    }

    /** The counters of xfrm_stat that are not zero. */
    static Map<XfrmCounter, Long> statistics(Host host) {
        Map<XfrmCounter, Long> counters = host.namespace().statistics().snapshot();
        counters.values().removeIf(value -> value == 0);
        return counters;
    }

    /** Total length of every packet on the WAN, as the IP headers state it. */
    List<Integer> lengthsOnWan() {
        return onWan.stream().map(packet -> packet.length).toList();
    }

    static IpHeader header(byte[] packet) {
        return IpHeader.read(PacketBuffer.of(packet)).orElseThrow();
    }
}
