package org.xfrmctl.cli.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import org.xfrmctl.model.XfrmCounter;

/** {@code /proc/net/xfrm_stat} by name; counters that a kernel does not have are absent. */
public final class XfrmStat {
    private XfrmStat() {}

    public static Map<XfrmCounter, Long> of(Map<String, Long> byName) {
        Map<XfrmCounter, Long> counters = new EnumMap<>(XfrmCounter.class);
        for (XfrmCounter counter : XfrmCounter.values()) {
            Long value = byName.get(counter.toString());
            if (value != null) {
                counters.put(counter, value);
            }
        }
        return counters;
    }

    public static Map<XfrmCounter, Long> read(JsonNode saved) {
        Map<XfrmCounter, Long> counters = new EnumMap<>(XfrmCounter.class);
        for (XfrmCounter counter : XfrmCounter.values()) {
            if (saved.has(counter.toString())) {
                counters.put(counter, saved.path(counter.toString()).asLong());
            }
        }
        return counters;
    }

    /** By how much each rose. */
    public static Map<XfrmCounter, Long> rises(Map<XfrmCounter, Long> before, Map<XfrmCounter, Long> after) {
        Map<XfrmCounter, Long> rises = new EnumMap<>(XfrmCounter.class);
        after.forEach((counter, value) -> {
            long rise = value - before.getOrDefault(counter, 0L);
            if (rise > 0) {
                rises.put(counter, rise);
            }
        });
        return rises;
    }
}
