package org.xfrmctl.datapath.engine;

import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.ReplayState;

/**
 * When the sequence numbers of one state are told ({@code xfrm_replay_notify()}): once they have moved by some packets,
 * and once they have moved at all and some time has passed. Guarded by the namespace's lock.
 */
public final class ReplayReports {
    /** {@code net.core.xfrm_aevent_rseqth}. */
    private static final int DEFAULT_PACKETS = 2;
    /** {@code net.core.xfrm_aevent_etime}, which counts in 100 ms. */
    private static final int DEFAULT_TICKS = 100;
    /** Of the kernel's clock, which the timer is set in; 100 a second, as the kernel has that this one is compared with. */
    private static final int TICK_MILLIS = 10;

    /** Why numbers are told. */
    public enum Cause {
        /** They moved. */
        MOVED,
        /** They moved, and it is time. */
        TIMER
    }

    private int packets = DEFAULT_PACKETS;
    private int ticks = DEFAULT_TICKS;
    private ReplayState told = ReplayState.Basic.NONE;
    private long due = Timers.NEVER;
    /** The timer ran out when there was nothing to tell: the next packet will do. */
    private boolean overdue;

    ReplayReports() {}

    /** The least packets between two reports; 0 for no reports of that cause. */
    public int packets() {
        return packets;
    }

    /** The least time between two reports in units of 100 ms, as {@code GETAE} tells it. */
    public int tenths() {
        return ticks / 10;
    }

    public void packets(int value) {
        packets = value;
    }

    /** Sets the least time, in the kernel's ticks: unlike {@code GETAE} the kernel takes the number as it comes. */
    public void ticks(int value) {
        ticks = value;
    }

    /** The state is there: the timer starts. */
    void start(long now) {
        setTimer(now);
    }

    /** Somebody set the numbers, who need not be told. */
    public void set(ReplayState present) {
        told = present;
    }

    /** A migrated state goes on with the thresholds of the old one. */
    void takeOver(ReplayReports old) {
        packets = old.packets;
        ticks = old.ticks;
        told = old.told;
    }

    long due() {
        return due;
    }

    /** A packet moved the numbers. Why they are to be told now; null if they are not. */
    @Nullable
    Cause moved(ReplayState present, long now) {
        if (now >= due) {
            due = Timers.NEVER;
            overdue = true;
        }
        boolean far = packets != 0 && isFar(present);
        if (!far && !overdue) {
            return null;
        }
        tell(present, now);
        return far ? Cause.MOVED : Cause.TIMER;
    }

    /** The timer ran out. Whether there is something to tell. */
    boolean ranOut(ReplayState present, long now) {
        due = Timers.NEVER;
        overdue = present.equals(told);
        if (overdue) {
            return false;
        }
        tell(present, now);
        return true;
    }

    private void tell(ReplayState present, long now) {
        told = present;
        if (ticks != 0) {
            overdue &= due != Timers.NEVER;
            setTimer(now);
        }
    }

    private void setTimer(long now) {
        due = ticks == 0 ? Timers.NEVER : now + TICK_MILLIS * Integer.toUnsignedLong(ticks);
    }

    private boolean isFar(ReplayState present) {
        return isFar(inbound(present), inbound(told)) || isFar(outbound(present), outbound(told));
    }

    private boolean isFar(int present, int before) {
        return Integer.compareUnsigned(present - before, packets) >= 0;
    }

    private static int inbound(ReplayState state) {
        return state instanceof ReplayState.Extended extended
                ? (int) extended.inbound()
                : ((ReplayState.Basic) state).inbound();
    }

    private static int outbound(ReplayState state) {
        return state instanceof ReplayState.Extended extended
                ? (int) extended.outbound()
                : ((ReplayState.Basic) state).outbound();
    }
}
