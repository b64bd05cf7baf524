package org.xfrmctl.netlink.command;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/**
 * Addresses in the notation of iproute2: IPv6 as {@code inet_pton} takes it; IPv4 with one to four numbers in C's
 * notation, so that {@code 10.8} is 10.8.0.0; and {@code any}, {@code all} or {@code default} where the family is known.
 */
final class Addresses {
    private Addresses() {}

    /** Takes {@code ADDRESS} (a host) or {@code ADDRESS/LENGTH}, whose length may be a netmask. */
    static IpPrefix prefix(Words words, String name) {
        Family wanted = words.family();
        String text = words.argument(name + " needs an address");
        if (isAny(text)) {
            if (wanted == Family.UNSPEC) {
                throw words.refuse(name + " has to tell its family: write 0.0.0.0/0 or ::/0");
            }
            return IpPrefix.any(wanted);
        }
        IpPrefix prefix = parse(words, name, text);
        if (wanted != Family.UNSPEC && prefix.family() != wanted) {
            throw words.refuse(name + " has to be " + text(wanted) + " here, as the words before it are");
        }
        return prefix;
    }

    /** Takes an address of any family; one that is {@code any} has none. */
    static IpAddress address(Words words, String name) {
        String text = words.argument(name + " needs an address");
        if (isAny(text)) {
            return IpAddress.UNSPEC;
        }
        if (text.indexOf('/') >= 0) {
            throw words.refuse(name + " is one IPv4 or IPv6 address, not a prefix");
        }
        return parse(words, name, text).address();
    }

    /**
     * The 32 bits of an IPv4 address that lies between two places of a text; what is left out at its end is zero.
     *
     * @throws NumberFormatException if it is none
     */
    static int quad(String text, int from, int to) {
        int bits = 0;
        int start = from;
        for (int shift = 24; shift >= 0; shift -= 8) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 || dot > to ? to : dot;
            long octet = Numbers.parse(text, start, end);
            if (Long.compareUnsigned(octet, 255) > 0) {
                throw new NumberFormatException("an octet above 255");
            }
            bits |= (int) octet << shift;
            start = end + 1;
            if (end == to) {
                return bits;
            }
        }
        throw new NumberFormatException("more than four octets");
    }

    private static boolean isAny(String text) {
        return text.equals("any") || text.equals("all") || text.equals("default");
    }

    private static IpPrefix parse(Words words, String name, String text) {
        int slash = text.indexOf('/');
        int end = slash < 0 ? text.length() : slash;
        int colon = text.indexOf(':');
        IpAddress address;
        try {
            address = colon >= 0 && colon < end
                    ? IpAddress.parse(text.substring(0, end))
                    : IpAddress.v4(quad(text, 0, end));
        } catch (IllegalArgumentException e) {
            throw words.refuse(name + " is an IPv4 or IPv6 address, with /LENGTH where a prefix is meant");
        }
        int bits = address.family().bits();
        if (slash < 0) {
            return new IpPrefix(address, bits);
        }
        long length = length(text, slash + 1);
        if (Long.compareUnsigned(length, bits) > 0) {
            throw words.refuse("the length of this prefix is 0 to " + bits + ", or a netmask like 255.255.0.0");
        }
        return new IpPrefix(address, (int) length);
    }

    /** The length as a number or as a netmask; all ones if it is neither. */
    private static long length(String text, int from) {
        try {
            return Numbers.parse(text, from, text.length());
        } catch (NumberFormatException noNumber) {
            return maskLength(text, from);
        }
    }

    private static long maskLength(String text, int from) {
        try {
            int mask = quad(text, from, text.length());
            boolean contiguous = (~mask & (~mask + 1)) == 0;
            return contiguous ? Integer.bitCount(mask) : -1;
        } catch (NumberFormatException noMask) {
            return -1;
        }
    }

    private static String text(Family family) {
        return family == Family.INET ? "IPv4" : "IPv6";
    }
}
