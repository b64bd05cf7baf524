package org.xfrmctl.model;

/**
 * When a state or policy expires ({@code struct xfrm_lifetime_cfg}). Bytes and packets are unlimited at
 * {@link #INFINITE}; seconds, since it was added or first used, are unlimited at 0.
 */
public record LifetimeLimits(Limit bytes, Limit packets, Limit addSeconds, Limit useSeconds) {
    /** The kernel's {@code XFRM_INF}, 2^64-1. */
    public static final long INFINITE = -1L;

    public static final LifetimeLimits UNLIMITED =
            new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, Limit.NEVER, Limit.NEVER);

    /** A warning level and an end; both unsigned 64 bits. */
    public record Limit(long soft, long hard) {
        public static final Limit INFINITE = new Limit(LifetimeLimits.INFINITE, LifetimeLimits.INFINITE);
        public static final Limit NEVER = new Limit(0, 0);
    }
}
