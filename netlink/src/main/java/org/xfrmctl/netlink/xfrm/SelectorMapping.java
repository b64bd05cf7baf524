package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.uapi.XfrmSelector;

/**
 * Selectors. One of family AF_UNSPEC keeps what its address bytes hold: a kernel puts a state's addresses there, and no
 * family, where ALLOCSPI makes it ({@code net/xfrm/xfrm_state.c, xfrm_find_acq()}).
 */
public final class SelectorMapping {
    private SelectorMapping() {}

    public static Selector toModel(XfrmSelector raw) {
        Family family = AddressMapping.family("xfrm_selector", raw.family());
        return new Selector(
                prefix(raw.saddr(), raw.prefixlenS(), family),
                prefix(raw.daddr(), raw.prefixlenD(), family),
                new IpProtocol(Byte.toUnsignedInt(raw.proto())),
                new PortMatch(Short.toUnsignedInt(raw.sport()), Short.toUnsignedInt(raw.sportMask())),
                new PortMatch(Short.toUnsignedInt(raw.dport()), Short.toUnsignedInt(raw.dportMask())),
                new Selector.Binding(raw.ifindex(), raw.user()));
    }

    public static XfrmSelector toWire(Selector selector) {
        return new XfrmSelector(
                AddressMapping.toWire(selector.destination().address()),
                AddressMapping.toWire(selector.source().address()),
                (short) selector.destinationPort().port(),
                (short) selector.destinationPort().mask(),
                (short) selector.sourcePort().port(),
                (short) selector.sourcePort().mask(),
                (short) selector.family().number(),
                (byte) selector.destination().length(),
                (byte) selector.source().length(),
                (byte) selector.proto().number(),
                selector.binding().ifindex(),
                selector.binding().user());
    }

    private static IpPrefix prefix(XfrmAddress address, byte length, Family family) {
        int bits = Byte.toUnsignedInt(length);
        if (family != Family.UNSPEC && bits > family.bits()) {
            throw new MalformedMessageException("xfrm_selector", 42, "has a prefix of " + bits + " bits");
        }
        return new IpPrefix(AddressMapping.toModel(address, family), bits);
    }
}
