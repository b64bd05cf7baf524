package org.xfrmctl.manager.status;

import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.XfrmState;

/**
 * When the time of a state is over, in Unix seconds: by its limits since it was added and since it was first used, whichever
 * comes first.
 *
 * @param soft when the kernel asks for another one in its place; a watch then rekeys derived keys
 * @param hard when the kernel removes it
 */
public record Expiry(OptionalLong soft, OptionalLong hard) {
    /** Empty where there is no limit; one since the first use begins with that. */
    public static Expiry of(XfrmState state) {
        return new Expiry(of(state, Limit::soft), of(state, Limit::hard));
    }

    private static OptionalLong of(XfrmState state, ToLongFunction<Limit> limit) {
        LifetimeLimits limits = state.limits();
        LifetimeCurrent current = state.current();
        return LongStream.of(
                        end(limit.applyAsLong(limits.addSeconds()), current.addTime()),
                        end(limit.applyAsLong(limits.useSeconds()), current.useTime()))
                .filter(end -> end != 0)
                .min();
    }

    /** 0 for none. */
    private static long end(long seconds, long since) {
        return seconds == 0 || since == 0 ? 0 : since + seconds;
    }
}
