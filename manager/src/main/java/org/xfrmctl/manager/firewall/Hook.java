package org.xfrmctl.manager.firewall;

import java.util.Locale;

/** Where on a packet's way a rule is asked: netfilter's hooks, as far as XFRM shows what a rule has to see. */
public enum Hook {
    /** Packets for this host: ESP as it came, and what came out of it. */
    INPUT,
    /** Packets of others, their route known. */
    FORWARD,
    /** Packets of this host, and outer packets as they come out of the transforms. */
    OUTPUT,
    /** All that leaves, before the transforms, and again behind them. */
    POSTROUTING;

    /** As {@code nft} calls it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
