package org.xfrmctl.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One piece of our work and a peer that does the same or less. They take turns of some hundred calls each, so that
 * whatever else the machine does meets both: on a shared machine no other comparison holds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 15, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public abstract class Duel {
    private static final int CALLS = 200;

    /** Our work, once; what it answers only keeps the compiler from leaving it out. */
    abstract long ours() throws Exception;

    /** The peer's. */
    abstract long peer() throws Exception;

    private boolean oursFirst;

    /** One turn of each, of which now this one and now that one goes first. */
    @Benchmark
    public long race(Turns turns) throws Exception {
        oursFirst = !oursFirst;
        long start = System.nanoTime();
        long sum = oursFirst ? ourTurn() : peerTurn();
        long middle = System.nanoTime();
        sum += oursFirst ? peerTurn() : ourTurn();
        long end = System.nanoTime();
        long first = middle - start;
        long second = end - middle;
        turns.add(oursFirst ? first : second, oursFirst ? second : first, CALLS);
        return sum;
    }

    private long ourTurn() throws Exception {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += ours();
        }
        return sum;
    }

    private long peerTurn() throws Exception {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += peer();
        }
        return sum;
    }
}
