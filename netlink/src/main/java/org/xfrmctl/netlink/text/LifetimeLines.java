package org.xfrmctl.netlink.text;

import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCfg;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmStats;

/** Limits, use so far and error counts, as {@code ip -s} lists them under a state or policy. */
final class LifetimeLines {
    private final TextPage page;
    private final String prefix;

    LifetimeLines(TextPage page, String prefix) {
        this.page = page;
        this.prefix = prefix;
    }

    void print(XfrmLifetimeCfg limits) {
        page.put(prefix).put("lifetime config:").newline();
        amounts("(bytes)", limits.softByteLimit(), limits.hardByteLimit());
        amounts("(packets)", limits.softPacketLimit(), limits.hardPacketLimit());
        seconds("add", limits.softAddExpiresSeconds(), limits.hardAddExpiresSeconds());
        seconds("use", limits.softUseExpiresSeconds(), limits.hardUseExpiresSeconds());
    }

    void print(XfrmLifetimeCur current) {
        page.put(prefix).put("lifetime current:").newline();
        page.put(prefix).put("  ").unsigned(current.bytes()).put("(bytes), ");
        page.unsigned(current.packets()).put("(packets)").newline();
        page.put(prefix).put("  add ").date(current.addTime());
        page.put(" use ").date(current.useTime()).newline();
    }

    void print(XfrmStats statistics) {
        page.put(prefix).put("stats:").newline();
        page.put(prefix).put("  replay-window ").unsigned(statistics.replayWindow());
        page.put(" replay ").unsigned(statistics.replay());
        page.put(" failed ").unsigned(statistics.integrityFailed()).newline();
    }

    private void amounts(String unit, long soft, long hard) {
        page.put(prefix).put("  limit: soft ");
        amount(soft).put(unit).put(", hard ");
        amount(hard).put(unit).newline();
    }

    private TextPage amount(long limit) {
        return limit == LifetimeLimits.INFINITE ? page.put("(INF)") : page.unsigned(limit);
    }

    private void seconds(String since, long soft, long hard) {
        page.put(prefix).put("  expire ").put(since).put(": soft ").unsigned(soft);
        page.put("(sec), hard ").unsigned(hard).put("(sec)").newline();
    }
}
