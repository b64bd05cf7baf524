package org.xfrmctl.manager.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.uapi.Rta;

/**
 * Where a route leads.
 *
 * @param onLink whether the gateway is believed to be on the link, though no address of ours says so
 * @param source the address that this host's own packets get
 * @param other what else the route says: of one to be copied its realms (IPv4) and its preference (IPv6), unless that is medium
 */
public record Leg(
        Optional<IpAddress> gateway,
        String device,
        boolean onLink,
        Optional<IpAddress> source,
        List<RawAttribute> other) {
    private static final int PREF_HIGH = 1;

    public Leg {
        other = List.copyOf(other);
    }

    /** One that says nothing else. */
    public Leg(Optional<IpAddress> gateway, String device, boolean onLink, Optional<IpAddress> source) {
        this(gateway, device, onLink, source, List.of());
    }

    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        return gateway.map(address -> "via " + address + " ").orElse("")
                + "dev " + device
                + (onLink ? " onlink" : "")
                + source.map(address -> " src " + address).orElse("")
                + other.stream().map(raw -> " " + words(raw)).collect(Collectors.joining());
    }

    private static String words(RawAttribute raw) {
        if (raw.number() == Rta.FLOW && raw.payload().length() == Integer.BYTES) {
            int realms = ByteBuffer.wrap(raw.payload().toArray())
                    .order(ByteOrder.nativeOrder())
                    .getInt();
            int from = realms >>> 16;
            int to = realms & 0xffff;
            return from == 0 ? "realm " + to : "realms " + from + "/" + to;
        }
        if (raw.number() == Rta.PREF && raw.payload().length() == 1) {
            return "pref " + (raw.payload().toArray()[0] == PREF_HIGH ? "high" : "low");
        }
        return raw.toString();
    }
}
