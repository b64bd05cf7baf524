package org.xfrmctl.datapath.host;

import java.util.EnumMap;
import java.util.Map;

/** What a device has counted ({@code ip -s link}). Not safe for several threads. */
public final class DeviceCounters {
    /** The names of {@code struct rtnl_link_stats64}. */
    public enum Counter {
        RX_PACKETS,
        TX_PACKETS,
        RX_ERRORS,
        TX_ERRORS,
        RX_DROPPED,
        TX_DROPPED,
        COLLISIONS,
        TX_ABORTED_ERRORS,
        TX_CARRIER_ERRORS
    }

    private final Map<Counter, Long> values = new EnumMap<>(Counter.class);

    void increment(Counter counter) {
        values.merge(counter, 1L, Long::sum);
    }

    /** Those that are not zero, now. */
    public Map<Counter, Long> snapshot() {
        return Map.copyOf(values);
    }
}
