package org.xfrmctl.it.lifecycle;

import java.util.Map;

/** All flows, running. */
interface Traffic extends AutoCloseable {
    /** Does a step of a run, with packets before and after it. */
    void around(Runnable step);

    /** What has become of the flows until now. */
    Map<Flow, Tally> tallies();

    /** Waits until something of every flow has arrived that was sent after this call; false if nothing does for long. */
    boolean passes();

    /** Lets some packets of every flow be sent, whether they arrive or not. */
    void run();

    /** Sends nothing more and waits for what is under way. */
    @Override
    void close();

    /** The datagrams of a flow: {@code refused} are those for which the host's kernel returned an error. */
    record Tally(long sent, long refused, long received) {
        long lost() {
            return sent - received;
        }
    }
}
