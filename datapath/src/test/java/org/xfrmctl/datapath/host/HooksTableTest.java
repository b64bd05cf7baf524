package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Template;

/** The table result-hooks.txt, but for the hooks: what comes out at the other end, and what both gateways count. */
class HooksTableTest {
    private static final Plan P = Plan.V4;
    private static final List<Template> TUNNEL = List.of(tunnel(P.carol(), P.moon(), IpProtocol.ESP, Level.REQUIRED));

    private final CapturedTable table = CapturedTable.of("result-hooks.txt", line -> line);
    private Forwarders forwarders = new Forwarders(1500);

    @Test
    void everyLine() {
        throughStates();
        table.say("--- fwd vs in policy");
        policies();
        table.assertSame();
    }

    private void section(String title, Forwarders fresh) {
        table.say("== " + title);
        forwarders = fresh;
    }

    /** An IPv4 packet of this length with UDP from the left to the LAN. */
    private static byte[] packet(int length) {
        PacketBuffer packet = PacketBuffer.of(new byte[length - 28]);
        UdpHeader.prepend(packet, 1, 2);
        Ipv4Header ip = Ipv4Header.prepend(packet, ip("10.3.0.9"), ip("10.1.0.9"), UdpHeader.PROTOCOL);
        ip.identification(0x1234);
        ip.finish(length);
        return packet.toBytes();
    }

    private void forwarded(int length) {
        forwarders.send(packet(length));
        received();
    }

    private void received() {
        table.say("moon rx " + Wire.packets(forwarders.onLan) + " " + Wire.statistics(forwarders.carol) + " "
                + Wire.statistics(forwarders.moon));
    }

    private static Forwarders espTunnel() {
        Forwarders forwarders = new Forwarders(1500);
        both(forwarders, Mode.TUNNEL);
        forwarders.outbound(TUNNEL);
        return forwarders;
    }

    private static void both(Forwarders forwarders, Mode mode) {
        var state = esp(P.carol(), P.moon(), 0x111, mode).build();
        forwarders.carol.namespace().states().insert(state);
        forwarders.moon.namespace().states().insert(state);
    }

    private void throughStates() {
        section("forward, esp tunnel", espTunnel());
        forwarders.inbound(Direction.FWD, TUNNEL);
        forwarded(328);
        section("local out -> moon local in, esp tunnel (10.1.0.1)", espTunnel());
        Gateways.add(
                forwarders.carol,
                policy(Direction.OUT, P.carol(), "10.1.0.1").templates(TUNNEL).build());
        Gateways.add(
                forwarders.moon,
                policy(Direction.IN, P.carol(), "10.1.0.1").templates(TUNNEL).build());
        sent("10.1.0.1");
        section("local, esp transport", new Forwarders(1500));
        both(forwarders, Mode.TRANSPORT);
        List<Template> protectedOnly = List.of(transport(P.carol(), IpProtocol.ESP, Level.REQUIRED));
        Gateways.add(
                forwarders.carol,
                policy(Direction.OUT, P.carol(), P.moon())
                        .templates(protectedOnly)
                        .build());
        Gateways.add(
                forwarders.moon,
                policy(Direction.IN, P.carol(), P.moon())
                        .templates(protectedOnly)
                        .build());
        sent(P.moon());
        section("forward, comp tunnel+esp transport", compressed());
        forwarded(328);
        section("forward, comp tunnel+esp tr, small (28 bytes)", compressed());
        forwarded(48);
    }

    /** From carol herself, to whom nobody answers. */
    private void sent(String target) {
        forwarders.moon.udp().bind(9, (at, from, port, data) -> {});
        forwarders.carol.send(Wire.udp(P.carol(), target, 300, Discovery.WANT));
        received();
    }

    private static Forwarders compressed() {
        Forwarders forwarders = new Forwarders(1500);
        both(forwarders, Mode.TRANSPORT);
        var state = comp(P.carol(), P.moon(), 0x11, Mode.TUNNEL).build();
        forwarders.carol.namespace().states().insert(state);
        forwarders.moon.namespace().states().insert(state);
        forwarders.outbound(Gateways.compression(P, P.carol(), P.moon(), Mode.TUNNEL, Level.REQUIRED));
        forwarders.inbound(Direction.FWD, Gateways.compression(P, P.carol(), P.moon(), Mode.TUNNEL, Level.USE));
        return forwarders;
    }

    private void replaced(Host host) {
        host.namespace().policies().flush(PolicyType.MAIN);
    }

    /** One after the other on the same hosts, so that what they count adds up. */
    private void policies() {
        section("forward at moon with only dir in policy (no fwd)", espTunnel());
        forwarders.inbound(Direction.IN, TUNNEL);
        forwarded(328);
        section("forward cleartext, moon has fwd policy with tmpl", forwarders);
        replaced(forwarders.carol);
        replaced(forwarders.moon);
        forwarders.inbound(Direction.FWD, TUNNEL);
        forwarded(328);
        section("forward cleartext, moon fwd policy level use", forwarders);
        replaced(forwarders.moon);
        forwarders.inbound(Direction.FWD, List.of(tunnel(P.carol(), P.moon(), IpProtocol.ESP, Level.USE)));
        forwarded(328);
        section("forward at carol, block out", forwarders);
        Gateways.add(
                forwarders.carol,
                policy(Direction.OUT, "10.3.0.0/24", "10.1.0.0/16")
                        .action(PolicyAction.BLOCK)
                        .build());
        forwarded(328);
        table.say("icmp back " + Wire.packets(forwarders.onLeft));
        section("forward at carol, no states", forwarders);
        replaced(forwarders.carol);
        forwarders.carol.namespace().states().flush(IpProtocol.ANY);
        forwarders.outbound(TUNNEL);
        forwarded(328);
        table.say("icmp back " + Wire.packets(forwarders.onLeft));
    }
}
