package org.xfrmctl.datapath.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * How many ICMP errors a host sends (RFC 1812, section 4.3.2.8; RFC 4443, section 2.4): a bucket of tokens for each host that is
 * told, which has one more each second and six at most, and one for all, as Linux has them ({@code net/ipv4/icmp.c,
 * icmp_global_allow(), icmpv4_xrlim_allow()}; {@code net/ipv6/icmp.c}). That something is too long is said always.
 */
final class ErrorLimits {
    /** {@code net.ipv4.icmp_ratelimit}, {@code net.ipv6.icmp.ratelimit}: milliseconds. */
    private static final int INTERVAL = 1_000;
    /** {@code XRLIM_BURST_FACTOR}. */
    private static final int BURST = 6;
    /** {@code net.ipv4.icmp_msgs_per_sec}, {@code net.ipv4.icmp_msgs_burst}. */
    private static final int ALL_PER_SECOND = 1_000;

    private static final int ALL_BURST = 50;
    /** As many hosts as strangers may make this remember. */
    private static final int MOST_HOSTS = 4_096;

    /** Of one host: tokens in milliseconds, and when they were counted. */
    private record Bucket(long tokens, long counted) {}

    private final LongSupplier millis;
    /** The longest unasked first. */
    private final Map<IpAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private long all = ALL_BURST;
    private long allCounted;

    ErrorLimits(LongSupplier millis) {
        this.millis = millis;
        this.allCounted = millis.getAsLong();
    }

    /**
     * Takes a token for an error to a host, if there is one.
     *
     * @param prefix length of the route to it; wider ones of IPv6 have more ({@code icmpv6_xrlim_allow()})
     */
    boolean allow(IpAddress to, int prefix) {
        return allowAny() && allow(to, (long) interval(to, prefix));
    }

    private static int interval(IpAddress to, int prefix) {
        return to.family() == Family.INET6 ? INTERVAL >> ((to.family().bits() - prefix) >> 5) : INTERVAL;
    }

    private boolean allowAny() {
        long now = millis.getAsLong();
        long more = (now - allCounted) * ALL_PER_SECOND / 1_000;
        if (more > 0) {
            all = Math.min(ALL_BURST, all + more);
            allCounted = now;
        }
        if (all == 0) {
            return false;
        }
        all--;
        return true;
    }

    private boolean allow(IpAddress to, long interval) {
        long now = millis.getAsLong();
        long most = BURST * interval;
        Bucket bucket = buckets.getOrDefault(to, new Bucket(most, now));
        long tokens = Math.min(most, bucket.tokens() + now - bucket.counted());
        boolean allowed = tokens >= interval;
        buckets.put(to, new Bucket(allowed ? tokens - interval : tokens, now));
        if (buckets.size() > MOST_HOSTS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return allowed;
    }
}
