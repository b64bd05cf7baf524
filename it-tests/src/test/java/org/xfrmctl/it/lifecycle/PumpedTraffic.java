package org.xfrmctl.it.lifecycle;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.datapath.host.Udp;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

/** One datagram of each flow before and after each step: finer than any clock. All that happens is under one lock. */
final class PumpedTraffic implements Traffic {
    private final UserspaceLaboratory laboratory;
    private final Map<Flow, Long> refused = new HashMap<>();
    private final Map<Flow, Long> received = new HashMap<>();
    /** How many of each flow were sent; also the number of the next one. */
    private int sent;

    PumpedTraffic(UserspaceLaboratory laboratory) {
        this.laboratory = laboratory;
        Flow.ALL.forEach(flow -> laboratory.stack(flow.to()).udp().bind(flow.port(), new Receiver(flow)));
    }

    private record Numbered(Flow flow, int number) {}

    private final Map<Numbered, Boolean> arrived = new HashMap<>();

    private final class Receiver implements Udp.Service {
        private final Flow flow;

        Receiver(Flow flow) {
            this.flow = flow;
        }

        @Override
        public void received(IpAddress at, IpAddress from, int port, Bytes data) {
            received.merge(flow, 1L, Long::sum);
            arrived.put(new Numbered(flow, Flow.number(data.toArray())), true);
        }
    }

    @Override
    public synchronized void around(Runnable step) {
        run();
        step.run();
        run();
    }

    @Override
    public synchronized void run() {
        arrived.clear();
        for (Flow flow : Flow.ALL) {
            laboratory
                    .stack(flow.from())
                    .udp()
                    .send(flow.port(), flow.destination(), flow.port(), Bytes.of(Flow.payload(sent)))
                    .ifPresent(reason -> refused.merge(flow, 1L, Long::sum));
            laboratory.pump();
        }
        sent++;
    }

    @Override
    public synchronized boolean passes() {
        run();
        return Flow.ALL.stream().allMatch(flow -> arrived.containsKey(new Numbered(flow, sent - 1)));
    }

    @Override
    public synchronized Map<Flow, Tally> tallies() {
        Map<Flow, Tally> tallies = new LinkedHashMap<>();
        Flow.ALL.forEach(flow ->
                tallies.put(flow, new Tally(sent, refused.getOrDefault(flow, 0L), received.getOrDefault(flow, 0L))));
        return tallies;
    }

    @Override
    public void close() {}
}
