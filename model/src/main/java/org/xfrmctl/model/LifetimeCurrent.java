package org.xfrmctl.model;

/** What was used so far ({@code struct xfrm_lifetime_cur}); times in Unix seconds, {@code useTime} 0 is "never". */
public record LifetimeCurrent(long bytes, long packets, long addTime, long useTime) {
    public static final LifetimeCurrent NONE = new LifetimeCurrent(0, 0, 0, 0);
}
