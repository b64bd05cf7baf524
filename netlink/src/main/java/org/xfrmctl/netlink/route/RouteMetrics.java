package org.xfrmctl.netlink.route;

import java.util.List;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.uapi.Rtax;

/**
 * What TCP and path MTU discovery start from.
 *
 * @param advmss the TCP MSS that is announced
 * @param locks a bit {@code 1 << RTAX_*} for each metric that stays as it is
 * @param other further metrics
 */
public record RouteMetrics(OptionalInt mtu, OptionalInt advmss, int locks, List<RawAttribute> other) {
    public static final RouteMetrics NONE = new RouteMetrics(OptionalInt.empty(), OptionalInt.empty(), 0, List.of());

    private static final int MTU_LOCK = 1 << Rtax.MTU;

    public RouteMetrics {
        other = List.copyOf(other);
    }

    public static RouteMetrics mtu(int mtu) {
        return new RouteMetrics(OptionalInt.of(mtu), OptionalInt.empty(), 0, List.of());
    }

    /** Packets are fragmented to this size, and path MTU discovery changes nothing. */
    public static RouteMetrics lockedMtu(int mtu) {
        return new RouteMetrics(OptionalInt.of(mtu), OptionalInt.empty(), MTU_LOCK, List.of());
    }

    public RouteMetrics withAdvmss(int mss) {
        return new RouteMetrics(mtu, OptionalInt.of(mss), locks, other);
    }

    public boolean isMtuLocked() {
        return (locks & MTU_LOCK) != 0;
    }

    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(" ");
        mtu.ifPresent(size -> words.add("mtu " + (isMtuLocked() ? "lock " : "") + Integer.toUnsignedString(size)));
        advmss.ifPresent(size -> words.add("advmss " + Integer.toUnsignedString(size)));
        return words.toString();
    }
}
