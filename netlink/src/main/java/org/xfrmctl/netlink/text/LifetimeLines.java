package org.xfrmctl.netlink.text;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.StateStatistics;

/** Limits, use so far and error counts, as {@code ip -s} lists them under a state or policy. */
final class LifetimeLines {
    private LifetimeLines() {}

    static void print(TextPage page, LifetimeLimits limits, LifetimeCurrent current) {
        page.put("\tlifetime config:").newline();
        amount(page, limits.bytes(), "(bytes)");
        amount(page, limits.packets(), "(packets)");
        seconds(page, "add", limits.addSeconds());
        seconds(page, "use", limits.useSeconds());
        page.put("\tlifetime current:").newline();
        page.put("\t  ").put(Long.toUnsignedString(current.bytes())).put("(bytes), ");
        page.put(Long.toUnsignedString(current.packets())).put("(packets)").newline();
        page.put("\t  add ").date(current.addTime()).put(" use ").date(current.useTime());
        page.newline();
    }

    static void print(TextPage page, StateStatistics statistics) {
        page.put("\tstats:").newline();
        page.put("\t  replay-window ").unsigned(statistics.replayWindow());
        page.put(" replay ").unsigned(statistics.replay());
        page.put(" failed ").unsigned(statistics.integrityFailed()).newline();
    }

    private static void amount(TextPage page, Limit limit, String unit) {
        page.put("\t  limit: soft ").put(number(limit.soft())).put(unit);
        page.put(", hard ").put(number(limit.hard())).put(unit).newline();
    }

    private static void seconds(TextPage page, String since, Limit limit) {
        page.put("\t  expire ").put(since).put(": soft ").put(Long.toUnsignedString(limit.soft()));
        page.put("(sec), hard ")
                .put(Long.toUnsignedString(limit.hard()))
                .put("(sec)")
                .newline();
    }

    private static String number(long limit) {
        return limit == LifetimeLimits.INFINITE ? "(INF)" : Long.toUnsignedString(limit);
    }
}
