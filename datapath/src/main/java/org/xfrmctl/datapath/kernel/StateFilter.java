package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.datapath.engine.StateTable;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.uapi.XfrmAddressFilter;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.AddressMapping;

/** Which states a dump lists: by protocol, and by prefixes of the addresses, which are compared as raw 128 bits. */
record StateFilter(IpProtocol protocol, Optional<XfrmAddressFilter> addresses) {

    /** A dump's attributes begin right behind the header: there is no fixed part ({@code xfrm_dump_sa()}). */
    static StateFilter of(NetlinkMessage request) {
        Attributes attributes = request.attributesUpToFault(0);
        AttributeRules.COMMON.check(attributes);
        Optional<XfrmAddressFilter> addresses =
                attributes.find(Xfrma.ADDRESS_FILTER).map(attribute -> attribute.struct(XfrmAddressFilter.CODEC));
        addresses.ifPresent(filter -> {
            if (Byte.toUnsignedInt(filter.splen()) > 128 || Byte.toUnsignedInt(filter.dplen()) > 128) {
                throw RequestRefusedException.of(Errno.EINVAL);
            }
        });
        int protocol = attributes
                .find(Xfrma.PROTO)
                .map(Attribute::u8)
                .map(Byte::toUnsignedInt)
                .orElse(0);
        return new StateFilter(new IpProtocol(protocol), addresses);
    }

    boolean covers(XfrmState state) {
        return StateTable.selects(protocol, state.id().protocol())
                && addresses.map(filter -> covers(filter, state)).orElse(true);
    }

    private static boolean covers(XfrmAddressFilter filter, XfrmState state) {
        int family = Short.toUnsignedInt(filter.family());
        boolean named = family == Family.INET.number() || family == Family.INET6.number();
        return (!named || family == state.family().number())
                && shares(filter.saddr(), state.source(), filter.splen())
                && shares(filter.daddr(), state.id().destination(), filter.dplen());
    }

    private static boolean shares(XfrmAddress prefix, IpAddress address, byte length) {
        return AddressMapping.toModel(prefix, Family.INET6)
                .sharesPrefix(
                        AddressMapping.toModel(AddressMapping.toWire(address), Family.INET6),
                        Byte.toUnsignedInt(length));
    }
}
