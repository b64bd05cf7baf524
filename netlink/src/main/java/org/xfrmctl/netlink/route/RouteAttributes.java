package org.xfrmctl.netlink.route;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;

/** What attributes of NETLINK_ROUTE hold: addresses of the message's family, prefixes whose length stands apart, texts. */
final class RouteAttributes {
    private RouteAttributes() {}

    /** Refuses what does not fit into the 8 bits that a message has for it. */
    static void requireByte(String what, int number) {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException(what + " " + number + " is not in 0..255");
        }
    }

    /**
     * The family in a fixed header.
     *
     * @throws MalformedMessageException unless it is IPv4 or IPv6
     */
    static Family family(String struct, int number) {
        return Family.of(number)
                .filter(family -> family != Family.UNSPEC)
                .orElseThrow(() -> new MalformedMessageException(struct, 0, "has address family " + number));
    }

    static IpAddress address(Attribute attribute, Family family) {
        return IpAddress.of(attribute.bytes(0, family.bytes()));
    }

    static Optional<IpAddress> address(Attributes attributes, int type, Family family) {
        return attributes.find(type).map(attribute -> address(attribute, family));
    }

    /** The prefix of an address attribute, and of the length that the fixed header has; without attribute it is any. */
    static IpPrefix prefix(Attributes attributes, int type, Family family, byte length) {
        return prefix(address(attributes, type, family).orElse(IpAddress.any(family)), length);
    }

    static IpPrefix prefix(IpAddress address, byte length) {
        int bits = Byte.toUnsignedInt(length);
        if (bits > address.family().bits()) {
            throw new MalformedMessageException("prefix of " + address, 0, "has length " + bits);
        }
        return new IpPrefix(address, bits);
    }

    static OptionalInt u32(Attributes attributes, int type) {
        Optional<Attribute> found = attributes.find(type);
        return found.isPresent() ? OptionalInt.of(found.get().u32()) : OptionalInt.empty();
    }

    /** What is not in {@code known}, in its order. */
    static List<RawAttribute> except(Set<Integer> known, Attributes attributes) {
        List<RawAttribute> other = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (!known.contains(attribute.type())) {
                other.add(new RawAttribute(attribute.type() | attribute.flags(), Bytes.of(attribute.bytes())));
            }
        }
        return other;
    }

    static void write(int type, IpAddress address, MessageWriter out) {
        out.attribute(type, address.toBytes());
    }

    /** Writes a prefix's address; for one that holds every address nothing, as kernels do. */
    static void write(int type, IpPrefix prefix, MessageWriter out) {
        if (prefix.length() > 0) {
            write(type, prefix.address(), out);
        }
    }

    /** Writes a text with its NUL. */
    static void write(int type, String text, MessageWriter out) {
        out.attribute(type, (text + '\0').getBytes(StandardCharsets.UTF_8));
    }

    static void write(List<RawAttribute> attributes, MessageWriter out) {
        attributes.forEach(raw -> out.attribute(raw.type(), raw.payload().toArray()));
    }
}
