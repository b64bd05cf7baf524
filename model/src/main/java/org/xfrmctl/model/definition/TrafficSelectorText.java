package org.xfrmctl.model.definition;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;

/** Reads and prints a traffic selector in swanctl's notation: {@code SUBNET|dynamic [ "[" PROTO [ / PORT ] "]" ]}. */
final class TrafficSelectorText {
    private static final Pattern SHAPE = Pattern.compile("([^\\[\\]]*)(?:\\[([^\\[\\]/]*)(?:/([^\\[\\]/]*))?\\])?");
    private static final Pattern ICMP = Pattern.compile("([0-9]{1,3})(?:\\(([0-9]{1,3})\\))?");
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final Map<String, IpProtocol> PROTOCOLS = Map.of(
            "any", IpProtocol.ANY,
            "icmp", IpProtocol.ICMP,
            "tcp", IpProtocol.TCP,
            "udp", IpProtocol.UDP,
            "gre", IpProtocol.GRE,
            "ipv6-icmp", IpProtocol.ICMPV6,
            "icmpv6", IpProtocol.ICMPV6,
            "sctp", IpProtocol.SCTP);

    private TrafficSelectorText() {}

    /** {@code endpoint} is what {@code dynamic} stands for. */
    static TrafficSelector read(Node node, IpAddress endpoint) {
        String allowed = "allowed is a subnet like 10.1.0.0/16 or dynamic, also with [tcp], [tcp/80], [icmp/8]";
        Matcher shape = SHAPE.matcher(Scalars.text(node, allowed));
        if (!shape.matches()) {
            throw Scalars.refuse(node, allowed);
        }
        String protocolText = Optional.ofNullable(shape.group(2)).orElse("any").strip();
        IpProtocol protocol = protocol(protocolText, node);
        PortMatch port = Optional.ofNullable(shape.group(3))
                .map(text -> port(text.strip(), protocol, node))
                .orElse(PortMatch.ANY);
        IpPrefix prefix = prefix(shape.group(1).strip(), endpoint, node, allowed);
        IpProtocol foreign = prefix.family() == Family.INET ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
        if (protocol.equals(foreign)) {
            throw Scalars.refuse(node, "icmp goes with IPv4 and ipv6-icmp with IPv6; exchange the name or the subnet");
        }
        return new TrafficSelector(prefix, protocol, port);
    }

    private static IpPrefix prefix(String text, IpAddress endpoint, Node node, String allowed) {
        if (text.isEmpty() || text.equals("dynamic") || text.equals("%dynamic")) {
            return IpPrefix.host(endpoint);
        }
        IpPrefix prefix;
        try {
            prefix = IpPrefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw Scalars.refuse(node, allowed);
        }
        IpPrefix network = network(prefix);
        if (!network.equals(prefix)) {
            throw Scalars.refuse(node, "bits are set behind the prefix length; write " + network);
        }
        return prefix;
    }

    private static IpPrefix network(IpPrefix prefix) {
        byte[] bytes = prefix.address().toBytes();
        for (int bit = prefix.length(); bit < bytes.length * 8; bit++) {
            bytes[bit / 8] = (byte) (bytes[bit / 8] & ~(0x80 >> bit % 8));
        }
        return new IpPrefix(IpAddress.of(bytes), prefix.length());
    }

    private static IpProtocol protocol(String text, Node node) {
        IpProtocol named = PROTOCOLS.get(text.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= 255) {
            return new IpProtocol(Integer.parseInt(text));
        }
        throw Scalars.refuse(
                node, "its protocol is not known; allowed are any, icmp, ipv6-icmp, tcp, udp, sctp, gre or 0 to 255");
    }

    private static PortMatch port(String text, IpProtocol protocol, Node node) {
        if (text.isEmpty() || text.equals("any")) {
            return PortMatch.ANY;
        }
        if (protocol.equals(IpProtocol.ICMP) || protocol.equals(IpProtocol.ICMPV6)) {
            return icmp(text, node);
        }
        if (!protocol.equals(IpProtocol.TCP) && !protocol.equals(IpProtocol.UDP) && !protocol.equals(IpProtocol.SCTP)) {
            throw Scalars.refuse(node, "ports need tcp, udp or sctp (types need icmp); name one");
        }
        Matcher ports = PORTS.matcher(text);
        String allowed = "allowed as port is 1 to 65535 or any; service names are not looked up";
        if (!ports.matches()) {
            throw Scalars.refuse(node, allowed);
        }
        int low = Integer.parseInt(ports.group(1));
        int high = ports.group(2) == null ? low : Integer.parseInt(ports.group(2));
        if (low > high || high > 65535 || high == 0) {
            throw Scalars.refuse(node, allowed);
        }
        int size = high - low + 1;
        if (Integer.bitCount(size) != 1 || low % size != 0) {
            throw Scalars.refuse(
                    node,
                    "the kernel compares ports under a mask; allowed are aligned ranges like 1024-2047; split it");
        }
        return new PortMatch(low, 0xffff & -size);
    }

    private static PortMatch icmp(String text, Node node) {
        Matcher matcher = ICMP.matcher(text);
        if (matcher.matches()) {
            int type = Integer.parseInt(matcher.group(1));
            int code = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            if (type <= 255 && code <= 255) {
                return new PortMatch(type << 8 | code, matcher.group(2) == null ? 0xff00 : 0xffff);
            }
        }
        throw Scalars.refuse(node, "allowed behind icmp/ is TYPE or TYPE(CODE), each 0 to 255: icmp/8, icmp/3(4)");
    }

    static String print(TrafficSelector selector) {
        if (selector.proto().equals(IpProtocol.ANY)) {
            return selector.prefix().toString();
        }
        String name = PROTOCOLS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(selector.proto()))
                .map(Map.Entry::getKey)
                .sorted(String::compareTo)
                .findFirst()
                .orElse(Integer.toString(selector.proto().number()));
        return selector.prefix() + "[" + name + port(selector) + "]";
    }

    private static String port(TrafficSelector selector) {
        PortMatch port = selector.port();
        if (port.mask() == 0) {
            return "";
        }
        if (selector.isIcmp()) {
            return "/" + (port.port() >> 8) + (port.mask() == 0xffff ? "(" + (port.port() & 255) + ")" : "");
        }
        int last = port.port() | (~port.mask() & 0xffff);
        return "/" + port.port() + (last == port.port() ? "" : "-" + last);
    }
}
