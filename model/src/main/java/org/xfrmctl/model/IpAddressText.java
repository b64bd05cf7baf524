package org.xfrmctl.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads and prints addresses as {@code inet_pton} and glibc's {@code inet_ntop} do (RFC 4291, section 2.2). */
final class IpAddressText {
    private IpAddressText() {}

    static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : IpAddress.v4(parseV4(text, text));
    }

    private static int parseV4(String quad, String whole) {
        String[] parts = quad.split("\\.", -1);
        if (parts.length != 4) {
            throw notAnAddress(whole);
        }
        int bits = 0;
        for (String part : parts) {
            if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
                throw notAnAddress(whole);
            }
            bits = (bits << 8) | Integer.parseInt(part);
        }
        return bits;
    }

    private static IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            throw notAnAddress(text);
        }
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap), text, gap < 0);
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), text, true);
        int missing = 8 - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw notAnAddress(text);
        }
        ByteBuffer bytes = ByteBuffer.allocate(16);
        head.forEach(group -> bytes.putShort(group.shortValue()));
        bytes.position(16 - 2 * tail.size());
        tail.forEach(group -> bytes.putShort(group.shortValue()));
        return IpAddress.of(bytes.array());
    }

    private static List<Integer> groups(String text, String whole, boolean quadMayEnd) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (quadMayEnd && i == parts.length - 1 && parts[i].indexOf('.') > 0) {
                int quad = parseV4(parts[i], whole);
                groups.add(quad >>> 16);
                groups.add(quad & 0xffff);
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                throw notAnAddress(whole);
            }
        }
        return groups;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("\"" + text + "\" is no IPv4 or IPv6 address");
    }

    static String print(IpAddress address) {
        return switch (address.family()) {
            case UNSPEC -> "???";
            case INET -> quad(address.word0());
            case INET6 -> printV6(address);
        };
    }

    private static String quad(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private static String printV6(IpAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.toBytes());
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = bytes.getShort() & 0xffff;
        }
        int gap = 0;
        int gapLength = 0;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > gapLength && run > 1) {
                gap = i;
                gapLength = run;
            }
        }
        // glibc shows the last 32 bits as a quad behind ::/96 (but not :: and ::1-like) and ::ffff:0:0/96.
        boolean mapped = gap == 0 && (gapLength == 6 || (gapLength == 5 && groups[5] == 0xffff));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (gapLength > 0 && i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else if (mapped && i == 6) {
                separate(text).append(quad(address.word3()));
                break;
            } else {
                separate(text).append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.length() == 0 || text.charAt(text.length() - 1) == ':' ? text : text.append(':');
    }
}
