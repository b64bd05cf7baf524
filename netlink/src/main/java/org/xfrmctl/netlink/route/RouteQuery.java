package org.xfrmctl.netlink.route;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtmsg;

/**
 * A packet of this host whose route is asked for ({@code ip route get}).
 *
 * @param source an address of this host; without, the kernel chooses one
 * @param link the only one that it may leave by
 * @param mark the packet's, which rules look at
 */
public record RouteQuery(IpAddress destination, Optional<IpAddress> source, OptionalInt link, int mark) {
    /** Asks for the number of the table where the route was found ({@code RTM_F_LOOKUP_TABLE}); IPv6 always tells it. */
    private static final int LOOKUP_TABLE = 0x1000;
    /** {@code RTM_F_FIB_MATCH}. */
    private static final int FIB_MATCH = 0x2000;

    public RouteQuery {
        source.filter(address -> address.family() != destination.family()).ifPresent(address -> {
            throw new IllegalArgumentException("no packet goes from " + address + " to " + destination);
        });
    }

    public static RouteQuery to(IpAddress destination) {
        return new RouteQuery(destination, Optional.empty(), OptionalInt.empty(), 0);
    }

    public RouteQuery from(IpAddress address) {
        return new RouteQuery(destination, Optional.of(address), link, mark);
    }

    public RouteQuery leavingBy(int index) {
        return new RouteQuery(destination, source, OptionalInt.of(index), mark);
    }

    public RouteQuery marked(int bits) {
        return new RouteQuery(destination, source, link, bits);
    }

    /** Writes GETROUTE. IPv6 refuses the flag ({@code inet6_rtm_valid_getroute_req()}). */
    void encode(MessageWriter out) {
        encode(out, destination.family() == Family.INET ? LOOKUP_TABLE : 0);
    }

    /** As above, for the route as its table has it. */
    void encodeForTable(MessageWriter out) {
        encode(out, FIB_MATCH);
    }

    private void encode(MessageWriter out, int flags) {
        byte bits = (byte) destination.family().bits();
        byte zero = 0;
        out.body(
                Rtmsg.CODEC,
                new Rtmsg(
                        (byte) destination.family().number(),
                        bits,
                        source.isPresent() ? bits : zero,
                        zero,
                        zero,
                        zero,
                        zero,
                        zero,
                        flags));
        RouteAttributes.write(Rta.DST, destination, out);
        source.ifPresent(address -> RouteAttributes.write(Rta.SRC, address, out));
        link.ifPresent(index -> out.attributeU32(Rta.OIF, index));
        if (mark != 0) {
            out.attributeU32(Rta.MARK, mark);
        }
    }

    /** As {@code ip route get} has it, with a number for the link. */
    @Override
    public String toString() {
        return destination
                + source.map(address -> " from " + address).orElse("")
                + (link.isPresent() ? " oif " + link.getAsInt() : "")
                + (mark != 0 ? " mark 0x" + Integer.toHexString(mark) : "");
    }
}
