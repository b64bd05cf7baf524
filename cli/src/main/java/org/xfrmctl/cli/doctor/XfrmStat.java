package org.xfrmctl.cli.doctor;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.model.XfrmCounter;

/** {@code /proc/net/xfrm_stat}: a counter on each line; those that a kernel does not have are absent. */
final class XfrmStat {
    private static final Pattern LINE = Pattern.compile("(?m)^(Xfrm\\w+)\\s+(\\d+)$");

    private XfrmStat() {}

    static Map<XfrmCounter, Long> read(String text) {
        Map<XfrmCounter, Long> counters = new EnumMap<>(XfrmCounter.class);
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            for (XfrmCounter counter : XfrmCounter.values()) {
                if (counter.toString().equals(line.group(1))) {
                    counters.put(counter, Long.parseUnsignedLong(line.group(2)));
                }
            }
        }
        return counters;
    }

    /** By how much each rose. */
    static Map<XfrmCounter, Long> rises(Map<XfrmCounter, Long> before, Map<XfrmCounter, Long> after) {
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
