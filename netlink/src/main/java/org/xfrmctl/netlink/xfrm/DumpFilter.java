package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmAddressFilter;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Which states a kernel leaves out of a dump, so that they need not be sent at all.
 *
 * @param protocol {@link IpProtocol#ANY} for every one, {@link IpProtocol#IPSEC_ANY} for AH, ESP and IPComp
 * @param ends prefixes that both of a state's addresses must lie in
 */
public record DumpFilter(IpProtocol protocol, Optional<Ends> ends) {
    public static final DumpFilter NONE = new DumpFilter(IpProtocol.ANY, Optional.empty());

    /** Prefixes of one family; only states of that family are listed. */
    public record Ends(IpPrefix source, IpPrefix destination) {
        public Ends {
            if (source.family() != destination.family()) {
                throw new IllegalArgumentException("a filter mixes " + source + " and " + destination);
            }
        }
    }

    /** The states of one family. */
    public static DumpFilter of(Family family) {
        return new DumpFilter(IpProtocol.ANY, Optional.of(new Ends(IpPrefix.any(family), IpPrefix.any(family))));
    }

    /** Writes the attributes: a filtered dump has no fixed part before them ({@code xfrm_dump_sa()}). */
    void encode(MessageWriter out) {
        if (!protocol.equals(IpProtocol.ANY)) {
            out.attributeU8(Xfrma.PROTO, protocol.number());
        }
        ends.ifPresent(prefixes -> out.attribute(
                Xfrma.ADDRESS_FILTER,
                XfrmAddressFilter.CODEC,
                new XfrmAddressFilter(
                        AddressMapping.toWire(prefixes.source.address()),
                        AddressMapping.toWire(prefixes.destination.address()),
                        (short) prefixes.source.family().number(),
                        (byte) prefixes.source.length(),
                        (byte) prefixes.destination.length())));
    }
}
