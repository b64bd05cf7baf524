package org.xfrmctl.bench;

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the turns of a {@link Duel} took in one iteration. Medians: a turn in which another program had the processor is
 * longer by far and counts as one like any other.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Turns {
    /** More than fit into an iteration; later ones are not counted. */
    private static final int MOST = 1 << 17;

    private final double[] ourTimes = new double[MOST];
    private final double[] peerTimes = new double[MOST];
    private int count;

    @Setup(Level.Iteration)
    public void clear() {
        count = 0;
    }

    /** Nanoseconds that ours and the peer took for as many calls. */
    void add(long ours, long peer, int calls) {
        if (count < MOST) {
            ourTimes[count] = (double) ours / calls;
            peerTimes[count] = (double) peer / calls;
            count++;
        }
    }

    /** Nanoseconds for one call of ours. */
    public double ours() {
        return median(Arrays.copyOf(ourTimes, count));
    }

    public double peer() {
        return median(Arrays.copyOf(peerTimes, count));
    }

    /** The time of ours as a multiple of the peer's, turn by turn. */
    public double ratio() {
        double[] ratios = new double[count];
        for (int i = 0; i < count; i++) {
            ratios[i] = ourTimes[i] / peerTimes[i];
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values.length == 0 ? 0 : values[values.length / 2];
    }
}
