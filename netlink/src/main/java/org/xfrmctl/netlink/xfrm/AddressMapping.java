package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** Addresses and the family numbers that say how to read them. */
public final class AddressMapping {
    private AddressMapping() {}

    /** The address under {@code family}. Words that the family does not use are dropped: kernels leave junk there. */
    public static IpAddress toModel(XfrmAddress raw, Family family) {
        return switch (family) {
            case UNSPEC -> new IpAddress(Family.UNSPEC, raw.word0(), raw.word1(), raw.word2(), raw.word3());
            case INET -> IpAddress.v4(raw.word0());
            case INET6 -> new IpAddress(Family.INET6, raw.word0(), raw.word1(), raw.word2(), raw.word3());
        };
    }

    public static XfrmAddress toWire(IpAddress address) {
        return new XfrmAddress(address.word0(), address.word1(), address.word2(), address.word3());
    }

    /**
     * The family of an {@code AF_*} number as XFRM structs carry it.
     *
     * @throws MalformedMessageException if it is none of AF_UNSPEC, AF_INET, AF_INET6
     */
    public static Family family(String struct, short number) {
        return Family.of(Short.toUnsignedInt(number))
                .orElseThrow(() ->
                        new MalformedMessageException(struct, 0, "has address family " + Short.toUnsignedInt(number)));
    }
}
