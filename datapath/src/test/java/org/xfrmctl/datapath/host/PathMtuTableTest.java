package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.BundleMtuTest;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** The table result-pmtu.txt from its first line to its last: what fits, who is told, and into which pieces the rest goes. */
class PathMtuTableTest {
    private static final Plan V4 = Plan.V4;
    private static final Plan V6 = Plan.V6;
    private static final int UDP = 17;
    private static final Pattern BUNDLE = Pattern.compile("(v[46])(?:/(v[46]))? (\\w.*?) +icmp.*");

    private final CapturedTable table = CapturedTable.of("result-pmtu.txt", PathMtuTableTest::masked);
    private final Map<XfrmCounter, Long> counted = new TreeMap<>();

    private static String masked(String line) {
        return line.replaceAll("id=(?!0000)[0-9a-f]{4}", "id=*");
    }

    @Test
    void everyLine() {
        table.say("== bundle MTU via ICMP (forwarded 1500 DF, path 1500)");
        while (BUNDLE.matcher(table.next()).matches()) {
            bundle(table.next());
        }
        boundary();
        outerPath();
        table.say("== local sockets");
        sockets(V4, "IP_MTU", 1410, 1411, 1472, 1473, 3000);
        sockets(V6, "IPV6_MTU", 1370, 1371, 1452, 3000);
        forwardedOnIpv6();
        table.say("{'XfrmOutStateModeError': " + counted.get(XfrmCounter.OUT_STATE_MODE_ERROR) + "} {}");
        table.assertSame();
    }

    /** A network whose carol has these states, the innermost first. */
    private static Forwarders forwarders(int mtu, boolean outer6, XfrmState... states) {
        Forwarders forwarders = new Forwarders(mtu);
        Plan plan = Plan.of(outer6);
        List<Template> templates = new ArrayList<>();
        for (XfrmState state : states) {
            forwarders.carol.namespace().states().insert(state);
            IpProtocol protocol = state.id().protocol();
            templates.add(
                    state.mode().equals(Mode.TUNNEL)
                            ? tunnel(plan.carol(), plan.moon(), protocol, Level.REQUIRED)
                            : transport(plan.carol(), protocol, Level.REQUIRED));
        }
        forwarders.outbound(templates);
        return forwarders;
    }

    private void bundle(String row) {
        MatchResult words = BUNDLE.matcher(row).results().findFirst().orElseThrow();
        boolean inner6 = words.group(1).equals("v6");
        boolean outer6 = words.group(2) == null ? inner6 : words.group(2).equals("v6");
        XfrmState[] states = BundleMtuTest.captured(outer6, words.group(3));
        if (inner6 != outer6) {
            states[0] = states[0].toBuilder()
                    .selector(Selector.any(inner6 ? Family.INET6 : Family.INET))
                    .build();
        }
        Forwarders forwarders = forwarders(1500, outer6, states);
        forwarders.send(packet(inner6, 1500, true));
        table.say(
                row.substring(0, row.indexOf("icmp")) + told(forwarders) + " outer=" + Wire.packets(forwarders.onWan));
        count(forwarders);
    }

    private void count(Forwarders forwarders) {
        Gateways.statistics(forwarders.carol).forEach((counter, value) -> counted.merge(counter, value, Long::sum));
    }

    /** UDP from the left to the LAN. */
    private static byte[] packet(boolean v6, int length, boolean dontFragment) {
        PacketBuffer packet = PacketBuffer.of(new byte[length - (v6 ? 40 : 20)]);
        packet.u16(4, packet.length());
        IpHeader ip = v6
                ? IpHeader.prepend(packet, ip("fd03::9"), ip("fd01::9"), UDP)
                : IpHeader.prepend(packet, ip("10.3.0.9"), ip("10.1.0.9"), UDP);
        if (ip instanceof Ipv4Header v4) {
            v4.dontFragment(dontFragment);
            v4.identification(0x1234);
            v4.finish(length);
        }
        return packet.toBytes();
    }

    /** The ICMP error that came back to the left, if one did. */
    private static String told(Forwarders forwarders) {
        Optional<byte[]> error = forwarders.onLeft.stream().findFirst();
        if (error.isEmpty()) {
            return "[]";
        }
        PacketBuffer packet = PacketBuffer.of(error.get());
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        IcmpHeader icmp = IcmpHeader.read(packet, ip.length()).orElseThrow();
        return ip.family() == Family.INET
                ? String.format(
                        "icmp type %d code %d mtu %d from %s len %d",
                        icmp.type(), icmp.code(), icmp.rest() & 0xffff, ip.source(), ip.totalLength())
                : String.format(
                        "icmp6 type %d code %d mtu %d len %d", icmp.type(), icmp.code(), icmp.rest(), ip.totalLength());
    }

    private static XfrmState gcm(Plan plan) {
        return esp(plan.carol(), plan.moon(), 0x111, Mode.TUNNEL).build();
    }

    private void boundary() {
        table.say("== boundary: gcm16 v4 tunnel");
        Forwarders forwarders = forwarders(1500, false, gcm(V4));
        for (int length : new int[] {1437, 1438, 1439, 1440, 1446, 1447}) {
            forwarders.send(packet(false, length, true));
            table.say("DF len " + length + " " + Wire.packets(forwarders.onWan) + " " + told(forwarders));
        }
        count(forwarders);
    }

    private void outerPath() {
        table.say("== incoming frag-needed for outer ESP");
        Forwarders forwarders = forwarders(1500, false, gcm(V4));
        forwarders.send(packet(false, 1400, true));
        byte[] sent = forwarders.onWan.get(0);
        table.say("before " + Wire.packet(sent));
        int[][] rows = {
            {1300, 1400, 1260, 400},
            {1000, 1400, 960, 400},
            {600, 1400, 560, 400},
            {552, 1400, 512, 400},
            {500, 1400, 460, 400},
            {68, 1400, 400}
        };
        for (int[] row : rows) {
            forwarders.carol.device("v0").receive(needed(sent, row[0]));
            forwarders.network.pump();
            List<String> sizes = new ArrayList<>();
            for (int length : Arrays.copyOfRange(row, 1, row.length)) {
                forwarders.send(packet(false, length, true));
                String told = told(forwarders);
                sizes.add("(" + length + ", " + Wire.packets(forwarders.onWan) + ", "
                        + (told.equals("[]") ? told : "'" + told + "'") + ")");
            }
            table.say("frag-needed mtu " + row[0] + " " + sizes);
            forwarders.send(packet(false, 1400, false));
            table.say("DF=0 1400 -> " + Wire.packets(forwarders.onWan));
        }
        count(forwarders);
    }

    /** A router's word about ESP of carol's, of which it quotes what it must. */
    private static byte[] needed(byte[] sent, int mtu) {
        PacketBuffer packet = PacketBuffer.of(sent, 0, 28);
        IcmpHeader.prepend(packet, IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_FRAGMENTATION_NEEDED, mtu);
        int length = packet.length();
        IpHeader ip = IpHeader.prepend(packet, ip(V4.moon()), ip(V4.carol()), IcmpHeader.PROTOCOL_V4);
        IcmpHeader.read(packet, 20).orElseThrow().updateChecksum(ip, length);
        return packet.toBytes();
    }

    private void sockets(Plan plan, String option, int... lengths) {
        boolean v6 = plan.equals(V6);
        for (Discovery discovery : Discovery.values()) {
            if (v6 && discovery.compareTo(Discovery.PROBE) > 0) {
                continue;
            }
            List<String> rows = new ArrayList<>();
            for (int length : lengths) {
                Gateways gateways = Gateways.withoutAlice().espTunnel(plan);
                gateways.moon.silent(true);
                Optional<String> error = gateways.carol.send(Wire.udp(plan.carol(), plan.alice(), length, discovery));
                Flow flow = new Flow(ip(plan.carol()), ip(plan.alice()), UDP, 40_000, 9);
                rows.add(String.format(
                        "(%d, '%s', '%s=%d', %s)",
                        length,
                        error.map(words -> words.equals("Message too long") ? "EMSGSIZE" : words)
                                .orElse("ok"),
                        option,
                        Wire.mtu(gateways.carol, flow),
                        gateways.onWan.stream()
                                .map(packet -> v6 ? "" + packet.length : "'" + piece(packet) + "'")
                                .collect(Collectors.joining(", ", "[", "]"))));
                Gateways.statistics(gateways.carol)
                        .forEach((counter, value) -> counted.merge(counter, value, Long::sum));
            }
            table.say((v6 ? "v6 " : "v4 ") + discovery + " " + rows);
        }
    }

    private static String piece(byte[] packet) {
        boolean dontFragment =
                Ipv4Header.read(PacketBuffer.of(packet), 0).orElseThrow().dontFragment();
        return packet.length + (dontFragment ? "DF" : "");
    }

    private void forwardedOnIpv6() {
        table.say("== v6 forwarded big");
        Forwarders forwarders = forwarders(1500, true, gcm(V6));
        for (int length : new int[] {1280, 1398, 1399, 1400, 1500}) {
            forwarders.send(packet(true, length, true));
            table.say("len " + length + " " + Wire.packets(forwarders.onWan) + " " + told(forwarders));
        }
        count(forwarders);
        table.say("== small path: v0 mtu 1280, v6 tunnel (inner mtu below 1280)");
        Forwarders small = forwarders(1280, true, gcm(V6));
        for (int length : new int[] {1218, 1219, 1220, 1280, 1281, 1300}) {
            small.send(packet(true, length, true));
            table.say("len " + length + " " + Wire.packets(small.onWan) + " " + told(small) + " decap "
                    + Wire.packets(small.onLan));
        }
        count(small);
    }
}
