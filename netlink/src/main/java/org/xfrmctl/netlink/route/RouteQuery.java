package org.xfrmctl.netlink.route;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtmsg;

/**
 * A packet whose route is asked for ({@code ip route get}), with what rules and routes look at.
 *
 * @param source of a packet of this host one of its addresses; without, the kernel chooses one
 * @param arrival the link by which somebody else's packet came; empty for one of this host
 * @param link the only one that it may leave by
 * @param mark the packet's
 * @param upper what its IP header carries; {@link Upper#ANY} is not said
 */
public record RouteQuery(
        IpAddress destination,
        Optional<IpAddress> source,
        OptionalInt arrival,
        OptionalInt link,
        int mark,
        Upper upper) {
    /** Asks for the number of the table where the route was found ({@code RTM_F_LOOKUP_TABLE}); IPv6 always tells it. */
    private static final int LOOKUP_TABLE = 0x1000;
    /** {@code RTM_F_FIB_MATCH}. */
    private static final int FIB_MATCH = 0x2000;

    /**
     * A protocol by IANA's number, and ports of 16 bits.
     *
     * <p>Kernels take TCP, UDP and the ICMP of the packet's family, and ports with the first two ({@code
     * rtm_getroute_parse_ip_proto()}): of any other protocol nothing can be asked.
     */
    public record Upper(int protocol, int sourcePort, int destinationPort) {
        public static final Upper ANY = new Upper(0, 0, 0);

        private static final int ICMP = 1;
        private static final int TCP = 6;
        private static final int UDP = 17;
        private static final int ICMPV6 = 58;

        private boolean hasPorts() {
            return protocol == TCP || protocol == UDP;
        }

        private boolean isSayable(Family family) {
            return hasPorts() || protocol == (family == Family.INET6 ? ICMPV6 : ICMP);
        }
    }

    public RouteQuery {
        source.filter(address -> address.family() != destination.family()).ifPresent(address -> {
            throw new IllegalArgumentException("no packet goes from " + address + " to " + destination);
        });
        if (arrival.isPresent() && source.isEmpty()) {
            throw new IllegalArgumentException("what came by a link to " + destination + " has a source: say which");
        }
    }

    public static RouteQuery to(IpAddress destination) {
        return new RouteQuery(destination, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), 0, Upper.ANY);
    }

    public RouteQuery from(IpAddress address) {
        return new RouteQuery(destination, Optional.of(address), arrival, link, mark, upper);
    }

    /** Somebody else's packet, which came by this link from this address. */
    public RouteQuery arrivingBy(int index, IpAddress from) {
        return new RouteQuery(destination, Optional.of(from), OptionalInt.of(index), link, mark, upper);
    }

    public RouteQuery leavingBy(int index) {
        return new RouteQuery(destination, source, arrival, OptionalInt.of(index), mark, upper);
    }

    public RouteQuery marked(int bits) {
        return new RouteQuery(destination, source, arrival, link, bits, upper);
    }

    /** What kernels cannot be asked about is left out. */
    public RouteQuery carrying(Upper what) {
        return new RouteQuery(
                destination, source, arrival, link, mark, what.isSayable(destination.family()) ? what : Upper.ANY);
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
        arrival.ifPresent(index -> out.attributeU32(Rta.IIF, index));
        link.ifPresent(index -> out.attributeU32(Rta.OIF, index));
        if (mark != 0) {
            out.attributeU32(Rta.MARK, mark);
        }
        if (upper.protocol() != 0) {
            out.attributeU8(Rta.IP_PROTO, upper.protocol());
        }
        if (upper.hasPorts()) {
            port(Rta.SPORT, upper.sourcePort(), out);
            port(Rta.DPORT, upper.destinationPort(), out);
        }
    }

    /** In network order, and none is port 0. */
    private static void port(int attribute, int port, MessageWriter out) {
        if (port != 0) {
            out.attribute(attribute, new byte[] {(byte) (port >>> 8), (byte) port});
        }
    }

    /** As {@code ip route get} has it, with numbers for links. */
    @Override
    public String toString() {
        return destination
                + source.map(address -> " from " + address).orElse("")
                + (arrival.isPresent() ? " iif " + arrival.getAsInt() : "")
                + (link.isPresent() ? " oif " + link.getAsInt() : "")
                + (mark != 0 ? " mark 0x" + Integer.toHexString(mark) : "")
                + (upper.protocol() != 0 ? " ipproto " + upper.protocol() : "")
                + (upper.hasPorts() ? " sport " + upper.sourcePort() + " dport " + upper.destinationPort() : "");
    }
}
