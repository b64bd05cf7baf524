package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;

/** Members that states and policies have in common. What is left out has nothing to say. */
final class Members {
    private static final List<String> MODES = List.of("transport", "tunnel", "ro", "in_trigger", "beet", "iptfs");
    private static final Map<String, Integer> PROTOCOLS =
            Map.of("esp", 50, "ah", 51, "comp", 108, "route2", 43, "hao", 60, "ipsec-any", 255);
    private static final int ICMP = 1;
    private static final int GRE = 47;
    private static final int ICMPV6 = 58;
    private static final int MH = 135;

    private Members() {}

    /** {@code 0x…} or decimal, 32 unsigned bits. */
    static int bits(String word) {
        try {
            return word.startsWith("0x")
                    ? Integer.parseUnsignedInt(word.substring(2), 16)
                    : Integer.parseUnsignedInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + word + "\" is no number of 32 bits", e);
        }
    }

    static int number(JsonNode node, String name) {
        return (int) node.path(name).asLong();
    }

    /** 64 unsigned bits. */
    static long number64(JsonNode node, String name) {
        return node.path(name).bigIntegerValue().longValue();
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing, or no text");
        }
        return value.asText();
    }

    static IpAddress address(JsonNode node, String name) {
        return IpAddress.parse(text(node, name));
    }

    static IpProtocol protocol(JsonNode node, String name) {
        String word = text(node, name);
        Integer known = PROTOCOLS.get(word);
        return new IpProtocol(known != null ? known : bits(word));
    }

    static Mode mode(JsonNode node) {
        String word = text(node, "mode");
        int known = MODES.indexOf(word);
        return new Mode(known >= 0 ? known : bits(word));
    }

    static Mark mark(JsonNode node, String name) {
        if (!node.has(name)) {
            return Mark.NONE;
        }
        String[] parts = text(node, name).split("/", 2);
        return new Mark(bits(parts[0]), parts.length == 2 ? bits(parts[1]) : -1);
    }

    static IfId ifId(JsonNode node) {
        return node.has("if_id") ? new IfId(bits(text(node, "if_id"))) : IfId.NONE;
    }

    /** Names by bit; bits without a name stand together in hex. */
    static int flags(JsonNode node, String name, Object[] namesByBit) {
        int bits = 0;
        for (JsonNode word : node.path(name)) {
            String text = word.asText();
            int bit = Arrays.stream(namesByBit).map(Object::toString).toList().indexOf(text);
            bits |= bit >= 0 ? 1 << bit : bits(text);
        }
        return bits;
    }

    static Selector selector(JsonNode node) {
        IpPrefix any = IpPrefix.any(Family.UNSPEC);
        IpPrefix source = node.has("src") ? IpPrefix.parse(text(node, "src")) : any;
        IpPrefix destination = node.has("dst") ? IpPrefix.parse(text(node, "dst")) : any;
        int protocol = number(node, "proto");
        Ports ports = ports(node, protocol);
        return new Selector(
                source,
                destination,
                new IpProtocol(protocol),
                ports.source,
                ports.destination,
                new Selector.Binding(number(node, "ifindex"), number(node, "uid")));
    }

    private record Ports(PortMatch source, PortMatch destination) {}

    private static Ports ports(JsonNode node, int protocol) {
        return switch (protocol) {
            case ICMP, ICMPV6 -> new Ports(port(node, "type"), port(node, "code"));
            case MH -> new Ports(port(node, "type"), port(node, "dport"));
            case GRE -> {
                int key = number(node, "key");
                int mask = node.has("key") ? mask(node, "key", -1) : 0;
                yield new Ports(new PortMatch(key >>> 16, mask >>> 16), new PortMatch(key & 0xffff, mask & 0xffff));
            }
            default -> new Ports(port(node, "sport"), port(node, "dport"));
        };
    }

    private static PortMatch port(JsonNode node, String name) {
        return node.has(name) ? new PortMatch(number(node, name), mask(node, name, 0xffff)) : PortMatch.ANY;
    }

    private static int mask(JsonNode node, String name, int whole) {
        return node.has(name + "_mask") ? bits(text(node, name + "_mask")) : whole;
    }

    static LifetimeLimits limits(JsonNode node) {
        JsonNode limit = node.path("limit");
        return new LifetimeLimits(
                limit(limit, "byte", LifetimeLimits.INFINITE),
                limit(limit, "packet", LifetimeLimits.INFINITE),
                limit(limit, "time", 0),
                limit(limit, "time_use", 0));
    }

    private static Limit limit(JsonNode node, String name, long none) {
        return new Limit(
                node.has(name + "_soft") ? number64(node, name + "_soft") : none,
                node.has(name + "_hard") ? number64(node, name + "_hard") : none);
    }

    static LifetimeCurrent current(JsonNode node) {
        return new LifetimeCurrent(
                number64(node, "bytes"),
                number64(node, "packets"),
                number64(node, "add_time"),
                number64(node, "use_time"));
    }

    static Optional<JsonNode> member(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name));
    }
}
