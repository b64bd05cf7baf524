package org.xfrmctl.bench.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * One small question after the other (GETSADINFO), each sent when the answer to the one before is there: what a request
 * costs that cannot be sent together with others.
 */
record RoundTrips(XfrmClient client, CLoop loop) {
    private static final double NANOS_PER_MICRO = 1e3;
    /** So few take less time than the machine's scheduler gives at once, so most bursts have the CPU to themselves. */
    private static final int IN_A_BURST = 2000;

    private static final int BURSTS_IN_A_ROUND = 20;

    String table(int rounds) {
        ask(BURSTS_IN_A_ROUND);
        List<Duration> library = new ArrayList<>();
        List<Duration> c = new ArrayList<>();
        for (int burst = 0; burst < rounds * BURSTS_IN_A_ROUND; burst++) {
            library.add(ask(1));
            c.add(loop.ask(IN_A_BURST));
        }
        Times ours = each(library);
        Times theirs = each(c);
        MarkdownTable table = new MarkdownTable(1, "", "library, µs", "C, µs", "more, µs");
        table.row(
                IN_A_BURST + " round trips, each",
                ours.text("%.2f"),
                theirs.text("%.2f"),
                ours.over(theirs).text("%.2f"));
        return table.toString();
    }

    private Duration ask(int bursts) {
        long start = System.nanoTime();
        for (int i = 0; i < bursts * IN_A_BURST; i++) {
            client.countStates();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Times each(List<Duration> bursts) {
        return Times.of(bursts).dividedBy(IN_A_BURST * NANOS_PER_MICRO);
    }
}
