package org.xfrmctl.netlink.route;

import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Ifa;
import org.xfrmctl.netlink.uapi.Ifaddrmsg;

/** Addresses of links as netlink carries them. */
final class AddressCodec {
    private static final Set<Integer> KNOWN = Set.of(Ifa.ADDRESS, Ifa.LOCAL, Ifa.FLAGS, Ifa.PROTO);

    private AddressCodec() {}

    /**
     * Reads NEWADDR. IFA_LOCAL is the address and IFA_ADDRESS the far end; IPv6 has IFA_ADDRESS alone where there is none,
     * IPv4 the same in both ({@code inet_fill_ifaddr()}, {@code inet6_fill_ifaddr()}).
     *
     * @throws MalformedMessageException if it is none
     */
    static LinkAddress decode(NetlinkMessage message) {
        Ifaddrmsg raw = message.body(Ifaddrmsg.CODEC);
        Attributes attributes = message.attributes(Ifaddrmsg.CODEC.size());
        Family family = RouteAttributes.family("ifaddrmsg", Byte.toUnsignedInt(raw.family()));
        Optional<IpAddress> far = RouteAttributes.address(attributes, Ifa.ADDRESS, family);
        IpAddress local = RouteAttributes.address(attributes, Ifa.LOCAL, family)
                .or(() -> far)
                .orElseThrow(() -> new MalformedMessageException("ifaddrmsg", 0, "has no address"));
        return new LinkAddress(
                raw.index(),
                RouteAttributes.prefix(local, raw.prefixlen()),
                new Scope(Byte.toUnsignedInt(raw.scope())),
                new LinkAddress.Flags(
                        attributes.find(Ifa.FLAGS).map(Attribute::u32).orElse(Byte.toUnsignedInt(raw.flags()))),
                attributes
                        .find(Ifa.PROTO)
                        .map(protocol -> Byte.toUnsignedInt(protocol.u8()))
                        .orElse(0),
                far.filter(address -> !address.equals(local)),
                RouteAttributes.except(KNOWN, attributes));
    }

    /** Writes NEWADDR or DELADDR. */
    static void encode(LinkAddress address, MessageWriter out) {
        IpAddress local = address.prefix().address();
        int flags = address.flags().bits();
        out.body(
                Ifaddrmsg.CODEC,
                new Ifaddrmsg(
                        (byte) local.family().number(),
                        (byte) address.prefix().length(),
                        (byte) flags,
                        (byte) address.scope().number(),
                        address.link()));
        RouteAttributes.write(Ifa.LOCAL, local, out);
        RouteAttributes.write(Ifa.ADDRESS, address.peer().orElse(local), out);
        out.attributeU32(Ifa.FLAGS, flags);
        if (address.protocol() != 0) {
            out.attributeU8(Ifa.PROTO, address.protocol());
        }
        RouteAttributes.write(address.other(), out);
    }
}
