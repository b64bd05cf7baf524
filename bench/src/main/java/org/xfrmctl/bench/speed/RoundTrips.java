package org.xfrmctl.bench.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * One small question after the other (GETSADINFO), each sent when the answer to the one before is there: what a request
 * costs that cannot be sent together with others.
 */
record RoundTrips(XfrmClient client, CLoop loop, int times) {
    private static final double NANOS_PER_MICRO = 1e3;

    /** The library asks for an ack behind the answer; the loop is run so, and without the ack, which is the least. */
    String table(int rounds) {
        List<Duration> ours = new ArrayList<>();
        List<Duration> acked = new ArrayList<>();
        List<Duration> bare = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ours.add(ask());
            acked.add(loop.ask(times, true));
            bare.add(loop.ask(times, false));
        }
        MarkdownTable table = new MarkdownTable(1, "one question", "µs", "the library takes longer by, µs");
        Times library = each(ours);
        table.row("library: answer and ack", library.text("%.2f"), "");
        table.row(
                "C: answer and ack",
                each(acked).text("%.2f"),
                library.over(each(acked)).text("%.2f"));
        table.row(
                "C: answer alone",
                each(bare).text("%.2f"),
                library.over(each(bare)).text("%.2f"));
        return table.toString();
    }

    /** Asks as often as a round does. */
    Duration ask() {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            client.countStates();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Times each(List<Duration> rounds) {
        return Times.of(rounds).dividedBy(times * NANOS_PER_MICRO);
    }
}
