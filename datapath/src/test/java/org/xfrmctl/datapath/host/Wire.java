package org.xfrmctl.datapath.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Decision;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Packets, states and counters in the words of the captured tables. */
final class Wire {
    private Wire() {}

    /** {@code {'XfrmInNoPols': 1}}. */
    static String statistics(Host host) {
        return statistics(Gateways.statistics(host));
    }

    /** As {@link #statistics(Host)}, of what has been added since. */
    static String statistics(Host host, Map<XfrmCounter, Long> before) {
        Map<XfrmCounter, Long> now = Gateways.statistics(host);
        before.forEach((counter, value) -> now.merge(counter, -value, Long::sum));
        now.values().removeIf(value -> value == 0);
        return statistics(now);
    }

    private static String statistics(Map<XfrmCounter, Long> counters) {
        return new TreeMap<>(counters)
                .entrySet().stream()
                        .map(entry -> "'" + entry.getKey() + "': " + entry.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** Every state, the oldest last, and the counters. */
    static String states(Host host) {
        List<String> all = new ArrayList<>();
        for (SecurityAssociation state : host.namespace().states().list()) {
            all.add(String.format(
                    "%s>%s %s/%s spi=0x%x B=%d P=%d%s",
                    state.source(),
                    state.id().destination(),
                    state.id().protocol(),
                    state.mode().equals(Mode.TUNNEL) ? "tun" : "tr",
                    state.id().spi().bits(),
                    state.current().bytes(),
                    state.current().packets(),
                    state.current().useTime() == 0 ? "" : " use"));
        }
        return String.join(" | ", all) + "  STAT " + statistics(host);
    }

    /** What a connected socket would be told of its flow's MTU, on a link of 1500 bytes. */
    static int mtu(Host host, Flow flow) {
        Routing routing = destination -> Optional.of(new Routing.Path(1500, IpAddress.any(destination.family()), 1));
        Decision decision = new OutputProcessor(host.namespace(), () -> 1).lookup(FlowKey.of(flow, 0), routing);
        return decision instanceof Decision.Protect protect ? protect.bundle().mtu() : 1500;
    }

    /** Packets in order, each by its header. */
    static String packets(List<byte[]> packets) {
        return packets.stream()
                .map(Wire::packet)
                .collect(Collectors.joining("', '", "['", "']"))
                .replace("['']", "[]");
    }

    /** A packet by its header. */
    static String packet(byte[] packet) {
        IpHeader ip = IpHeader.read(PacketBuffer.of(packet)).orElseThrow();
        if (ip instanceof Ipv4Header v4) {
            return String.format(
                    "v4 %s>%s tos=%02x len=%d id=%04x df=%d mf=%d off=%d ttl=%d proto=%d",
                    ip.source(),
                    ip.destination(),
                    ip.trafficClass(),
                    ip.totalLength(),
                    v4.identification(),
                    v4.dontFragment() ? 1 : 0,
                    packet[6] >> 5 & 1,
                    8 * (PacketBuffer.of(packet).u16(6) & 0x1fff),
                    ip.hopLimit(),
                    ip.protocol());
        }
        Ipv6Header v6 = (Ipv6Header) ip;
        return String.format(
                "v6 %s>%s tc=%02x fl=%05x plen=%d nh=%d hl=%d",
                ip.source(),
                ip.destination(),
                ip.trafficClass(),
                v6.flowLabel(),
                ip.totalLength() - 40,
                ip.protocol(),
                ip.hopLimit());
    }

    /** A datagram of zeros from a socket. */
    static Datagram udp(String from, String to, int length, Discovery discovery) {
        PacketBuffer payload = PacketBuffer.of(new byte[length]);
        UdpHeader.prepend(payload, 40_000, 9);
        return new Datagram(
                Optional.of(IpAddress.parse(from)), IpAddress.parse(to), UdpHeader.PROTOCOL, payload, 0, discovery);
    }

    /** Every state in the words of the table, as a dump has them. */
    static List<String> list(XfrmClient client) {
        List<String> all = new ArrayList<>();
        client.dumpStates(DumpFilter.NONE, message -> all.add(line(message)));
        return all;
    }

    private static String line(NetlinkMessage message) {
        XfrmState state = StateCodec.decode(message);
        List<Integer> attributes = new ArrayList<>();
        message.attributes(224).forEach(attribute -> attributes.add(attribute.type()));
        return String.format(
                "%s>%s %d/%d spi=%x reqid=%d flags=%s B=%d P=%d attrs=%s",
                state.source(),
                state.id().destination(),
                state.id().protocol().number(),
                state.mode().number(),
                state.id().spi().bits(),
                state.reqid().bits(),
                state.flags().has(StateFlag.NOECN) ? "1" : "0",
                state.current().bytes(),
                state.current().packets(),
                attributes);
    }

    /** All of them in one line. */
    static String dump(Host host) {
        return python(list(new XfrmClient(new UserspaceKernel(host.namespace()).open())));
    }

    /** As Python prints a list of them. */
    static String python(List<String> lines) {
        return lines.isEmpty() ? "[]" : lines.stream().collect(Collectors.joining("', '", "['", "']"));
    }

    /** The state's counters and numbers, or that it is gone. */
    static String state(Host host) {
        List<SecurityAssociation> states = host.namespace().states().list();
        if (states.isEmpty()) {
            return "ESRCH";
        }
        SecurityAssociation state = states.get(0);
        return String.format(
                "{'B': %d, 'P': %d, 'rw': %d, 'rp': %d, 'integ': %d, %s}",
                state.current().bytes(),
                state.current().packets(),
                state.statistics().replayWindow(),
                state.statistics().replay(),
                state.statistics().integrityFailed(),
                numbers(state.replay()));
    }

    /** oseq, seq, bitmap; or length, oseq, seq, their upper halves, window, bitmap. */
    private static String numbers(ReplayState replay) {
        if (replay instanceof ReplayState.Basic basic) {
            return String.format(
                    "'replay': (%s, %s, %s), 'esn': None",
                    Integer.toUnsignedString(basic.outbound()),
                    Integer.toUnsignedString(basic.inbound()),
                    Integer.toUnsignedString(basic.bitmap()));
        }
        ReplayState.Extended extended = (ReplayState.Extended) replay;
        StringBuilder bitmap = new StringBuilder();
        extended.bitmap().forEach(word -> bitmap.append(String.format("%08x", Integer.reverseBytes(word))));
        return String.format(
                "'replay': None, 'esn': (%d, 0, %s, 0, %d, %d, '%s')",
                extended.bitmap().size(),
                Integer.toUnsignedString((int) extended.inbound()),
                extended.inbound() >>> 32,
                extended.window(),
                bitmap);
    }
}
