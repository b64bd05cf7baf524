package org.xfrmctl.cli.render;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;

/** What states and policies have in common: limits, and what was used so far. */
final class LifetimeJson {
    private LifetimeJson() {}

    /**
     * The members of an object {@code limit}, called as after {@code limit} in {@code ip xfrm state add}. What is
     * unlimited is left out: a program that compares numbers then meets nothing that is none, and 2^64-1 (which unlimited
     * bytes are, while unlimited seconds are 0) is no limit that anybody set.
     */
    static Optional<Map<String, Object>> of(LifetimeLimits lifetime) {
        Map<String, Object> members = Json.join(
                amounts("byte", lifetime.bytes()),
                amounts("packet", lifetime.packets()),
                seconds("time", lifetime.addSeconds()),
                seconds("time_use", lifetime.useSeconds()));
        return members.isEmpty() ? Optional.empty() : Optional.of(members);
    }

    private static Map<String, Object> amounts(String name, Limit limit) {
        return Json.object(name + "_soft", amount(limit.soft()), name + "_hard", amount(limit.hard()));
    }

    private static Optional<BigInteger> amount(long limit) {
        return limit == LifetimeLimits.INFINITE ? Optional.empty() : Optional.of(Json.unsigned(limit));
    }

    private static Map<String, Object> seconds(String name, Limit limit) {
        return Json.object(
                name + "_soft", Json.unlessZero(limit.soft()), name + "_hard", Json.unlessZero(limit.hard()));
    }

    /**
     * Members, not an object of its own: bytes and packets are called as in the output of other commands. Times are Unix
     * seconds, as the kernel has them: they need no time zone, and all 64 bits of one can be written.
     */
    static Map<String, Object> of(LifetimeCurrent current) {
        return Json.object(
                "bytes", Json.unsigned(current.bytes()),
                "packets", Json.unsigned(current.packets()),
                "add_time", Json.unlessZero(current.addTime()),
                "use_time", Json.unlessZero(current.useTime()));
    }
}
