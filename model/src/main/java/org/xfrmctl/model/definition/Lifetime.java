package org.xfrmctl.model.definition;

import org.xfrmctl.model.LifetimeLimits;

/**
 * {@code rekey_time}/{@code life_time} (soft and hard seconds), {@code rekey_bytes}/{@code life_bytes},
 * {@code rekey_packets}/{@code life_packets}: the limits of the ESP states, in the kernel's terms.
 */
public record Lifetime(LifetimeLimits limits) {
    public static final Lifetime UNLIMITED = new Lifetime(LifetimeLimits.UNLIMITED);
}
