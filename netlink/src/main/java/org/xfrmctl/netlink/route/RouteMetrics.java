package org.xfrmctl.netlink.route;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xfrmctl.model.Bytes;
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

    /** Up to it Linux knows them since 4.15, before it looked at metrics when it deletes. */
    private static final int LAST = 17;

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

    /**
     * For a request to delete: also 0 for each metric that there is none of. Of two routes that the kernel cannot tell apart
     * otherwise it deletes the first that has what the request says, and nothing is what one with more metrics has too; 0 it
     * has not ({@code net/ipv4/fib_semantics.c, fib_metrics_match()}). Names of congestion controls have no 0.
     */
    public RouteMetrics withZeros() {
        List<RawAttribute> more = new ArrayList<>(other);
        Set<Integer> said = other.stream().map(RawAttribute::number).collect(Collectors.toSet());
        said.addAll(Set.of(Rtax.MTU, Rtax.ADVMSS, Rtax.CC_ALGO));
        if (locks != 0) {
            said.add(Rtax.LOCK);
        }
        IntStream.rangeClosed(Rtax.LOCK, LAST)
                .filter(metric -> !said.contains(metric))
                .mapToObj(metric -> new RawAttribute(metric, Bytes.of(new byte[Integer.BYTES])))
                .forEach(more::add);
        return new RouteMetrics(OptionalInt.of(mtu.orElse(0)), OptionalInt.of(advmss.orElse(0)), locks, more);
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
