package org.xfrmctl.datapath.engine;

import java.util.EnumMap;
import java.util.Map;
import org.xfrmctl.model.XfrmCounter;

/** The counters of {@code /proc/net/xfrm_stat} of one namespace; they are never reset. Guarded by the namespace's lock. */
public final class XfrmStatistics {
    private final long[] values = new long[XfrmCounter.values().length];

    XfrmStatistics() {}

    public void increment(XfrmCounter counter) {
        values[counter.ordinal()]++;
    }

    public long value(XfrmCounter counter) {
        return values[counter.ordinal()];
    }

    /** All counters of Linux 6.1 in its order; the ones that newer kernels append are absent, as they are there. */
    public Map<XfrmCounter, Long> snapshot() {
        Map<XfrmCounter, Long> copy = new EnumMap<>(XfrmCounter.class);
        for (XfrmCounter counter : XfrmCounter.values()) {
            if (counter.compareTo(XfrmCounter.ACQUIRE_ERROR) <= 0) {
                copy.put(counter, value(counter));
            }
        }
        return copy;
    }
}
