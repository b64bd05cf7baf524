package org.xfrmctl.manager.migrate.draft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Traffic selectors of other programs in the notation of a definition. What is none is given on, for its reader to refuse. */
public final class ForeignSelectors {
    private static final Pattern SWANCTL = Pattern.compile("([^\\[]*)\\[([^\\]/]*)(?:/([^\\]]*))?\\]");
    private static final Pattern SLASHES = Pattern.compile("([^/]+/[0-9]+)/([^/]+)(?:/([^/]+))?");

    private ForeignSelectors() {}

    /** {@code SUBNET[PROTO/PORT]}, in which the type of an ICMP message may have its code in the low 8 bits. */
    public static String ofSwanctl(String text) {
        Matcher matcher = SWANCTL.matcher(text);
        return matcher.matches()
                ? of(matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3))
                : of(text, "", "");
    }

    /** {@code SUBNET/PROTO/PORT}, as libreswan has it. */
    public static String ofLibreswan(String text) {
        Matcher matcher = SLASHES.matcher(text);
        return matcher.matches()
                ? of(matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3))
                : ofSwanctl(text);
    }

    /** From its parts; an empty protocol or port is any. */
    public static String of(String subnet, String protocol, String port) {
        String name = protocol.equals("%any") || protocol.equals("0") ? "" : protocolName(protocol);
        String number = port.equals("%any") || port.equals("0") || port.equals("any") ? "" : port;
        String prefix = ForeignAddresses.network(subnet.strip());
        if (name.isEmpty()) {
            return number.isEmpty() ? prefix : prefix + "[any/" + number + "]";
        }
        return prefix + "[" + name + (number.isEmpty() ? "" : "/" + typed(name, number)) + "]";
    }

    private static String protocolName(String protocol) {
        return switch (protocol) {
            case "1" -> "icmp";
            case "6" -> "tcp";
            case "17" -> "udp";
            case "47" -> "gre";
            case "58" -> "ipv6-icmp";
            case "132" -> "sctp";
            default -> protocol;
        };
    }

    /** From 256 on the number of an ICMP message has its type in the high 8 bits and its code in the low ones. */
    private static String typed(String protocol, String number) {
        boolean icmp = protocol.equals("icmp") || protocol.equals("ipv6-icmp");
        if (!icmp || !number.matches("[0-9]{3,5}") || Integer.parseInt(number) < 256) {
            return number;
        }
        int both = Integer.parseInt(number);
        return (both >> 8) + "(" + (both & 255) + ")";
    }
}
