package org.xfrmctl.it.lifecycle;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.datapath.host.Udp;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

/** One datagram of each flow between every two steps: finer than any clock. All that happens is under one lock. */
final class PumpedTraffic implements Traffic {
    private final UserspaceLaboratory laboratory;
    private final Map<Flow, BitSet> arrived = new HashMap<>();
    private int next;

    PumpedTraffic(UserspaceLaboratory laboratory) {
        this.laboratory = laboratory;
        for (Flow flow : Flow.ALL) {
            BitSet numbers = new BitSet();
            arrived.put(flow, numbers);
            laboratory.stack(flow.to()).udp().bind(flow.port(), new Receiver(numbers));
        }
    }

    private record Receiver(BitSet arrived) implements Udp.Service {
        @Override
        public void received(IpAddress at, IpAddress from, int port, Bytes data) {
            arrived.set(Flow.number(data.toArray()));
        }
    }

    @Override
    public synchronized void around(Runnable step) {
        run();
        step.run();
    }

    @Override
    public synchronized void quietly(Runnable step) {
        step.run();
    }

    @Override
    public synchronized void run() {
        for (Flow flow : Flow.ALL) {
            // Whether it is refused shows by its not arriving.
            var unused = laboratory
                    .stack(flow.from())
                    .udp()
                    .send(flow.port(), flow.destination(), flow.port(), Bytes.of(Flow.payload(next)));
            laboratory.pump();
        }
        next++;
    }

    @Override
    public synchronized boolean passes() {
        int from = next;
        run();
        return tallies(from).values().stream().allMatch(tally -> tally.lost() == 0);
    }

    @Override
    public synchronized int next() {
        return next;
    }

    @Override
    public synchronized Map<Flow, Tally> tallies(int from) {
        Map<Flow, Tally> tallies = new LinkedHashMap<>();
        arrived.forEach((flow, numbers) -> tallies.put(flow, Tally.of(numbers, from, next)));
        return tallies;
    }

    @Override
    public void close() {}
}
