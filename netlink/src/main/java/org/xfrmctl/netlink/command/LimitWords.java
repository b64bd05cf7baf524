package org.xfrmctl.netlink.command;

import java.util.List;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;

/** {@code limit time-soft N} and its seven kin, of states and policies. */
final class LimitWords {
    static final List<String> KINDS = List.of(
            "time-soft",
            "time-hard",
            "time-use-soft",
            "time-use-hard",
            "byte-soft",
            "byte-hard",
            "packet-soft",
            "packet-hard");

    private final Words words;
    private Limit bytes = Limit.INFINITE;
    private Limit packets = Limit.INFINITE;
    private Limit add = Limit.NEVER;
    private Limit use = Limit.NEVER;

    LimitWords(Words words) {
        this.words = words;
    }

    boolean read(String word) {
        if (!word.equals("limit")) {
            return false;
        }
        String kind = words.argument("limit is one of " + String.join(", ", KINDS));
        switch (kind) {
            case "time-soft" -> add = new Limit(value(kind), add.hard());
            case "time-hard" -> add = new Limit(add.soft(), value(kind));
            case "time-use-soft" -> use = new Limit(value(kind), use.hard());
            case "time-use-hard" -> use = new Limit(use.soft(), value(kind));
            case "byte-soft" -> bytes = new Limit(value(kind), bytes.hard());
            case "byte-hard" -> bytes = new Limit(bytes.soft(), value(kind));
            case "packet-soft" -> packets = new Limit(value(kind), packets.hard());
            case "packet-hard" -> packets = new Limit(packets.soft(), value(kind));
            default -> throw words.unknown("limit", KINDS);
        }
        return true;
    }

    private long value(String kind) {
        return words.number(kind, -1L);
    }

    LifetimeLimits limits() {
        return new LifetimeLimits(bytes, packets, add, use);
    }
}
