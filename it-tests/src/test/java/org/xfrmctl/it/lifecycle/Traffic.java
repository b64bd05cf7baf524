package org.xfrmctl.it.lifecycle;

import java.util.BitSet;
import java.util.Map;

/** All flows, running. */
interface Traffic extends AutoCloseable {
    /** Does a step of a run, with packets between it and the one before. */
    void around(Runnable step);

    /** Does something while nothing is sent. */
    void quietly(Runnable step);

    /** The number of the datagrams that are sent next, one of each flow. */
    int next();

    /** What has become of the datagrams of each flow from that number on. */
    Map<Flow, Tally> tallies(int from);

    /** Waits until something of every flow has arrived that was sent after this call; false if nothing does for long. */
    boolean passes();

    /** Lets some packets of every flow be sent, whether they arrive or not. */
    void run();

    /** Sends nothing more and waits for what is under way. */
    @Override
    void close();

    /** The datagrams of a flow; a host's kernel refuses to send some, and those are lost, too. */
    record Tally(int sent, int received) {
        static Tally of(BitSet arrived, int from, int next) {
            return new Tally(next - from, arrived.get(from, next).cardinality());
        }

        int lost() {
            return sent - received;
        }
    }
}
