package org.xfrmctl.it.lifecycle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.manager.plan.Snapshot;

/** The same thing a thousand times, under traffic of which nothing may be lost: rekeys, and replacements of policies. */
final class ThousandScript {
    private static final int TIMES = 1000;
    /** By then all is loaded, compiled and cached that will be. */
    private static final int SETTLED = 200;

    private static final int MORE_GENERAL = 4_000_000;

    private final Stage stage;
    private final TwoEnds ends;
    private final List<Gateway> gateways;

    /**
     * What there is to see when it has been done.
     *
     * @param sent datagrams of each flow
     * @param lost those of all flows that a host's kernel refused to send or that did not arrive
     * @param troubles counters of xfrm_stat that are not zero, at either gateway
     * @param objects how many states and policies each gateway had when all had settled, and at the end
     * @param lastMet how many seconds after the start a packet last met one of the more general policies
     */
    record Outcome(
            Witness wire,
            Map<String, Integer> sent,
            int lost,
            Map<String, Long> troubles,
            List<Map<String, Integer>> objects,
            long lastMet,
            Footprint settled,
            Footprint end) {}

    /** One of a thousand. */
    private interface Turn {
        void make(int number);
    }

    ThousandScript(Stage stage, Path directory, long seed) {
        this.stage = stage;
        this.ends = new TwoEnds(directory, new Random(seed));
        this.gateways = List.of(new Gateway("a", stage, ends), new Gateway("b", stage, ends));
    }

    /** Each end goes first by turns, and the other one follows when packets have come. */
    Outcome rekeys() {
        ends.write(OptionCase.ALL_DERIVED);
        return outcome(number -> {
            gateway(number / 2 + number % 2).run("rekey", "home/net", "ends/gate");
            if (number % 2 == 1) {
                passes();
            }
        });
    }

    /** Behind the child's policies lies a more general one that would stop what comes to it. */
    Outcome replacements() {
        ends.write(OptionCase.BASE);
        moreGeneral(gateways.get(0), "10.1.0.0/16", "10.2.0.0/16");
        moreGeneral(gateways.get(1), "10.2.0.0/16", "10.1.0.0/16");
        List<OptionCase> changes = OptionCase.OF_POLICIES;
        return outcome(number -> {
            ends.rewrite(changes.get(number % changes.size()));
            gateway(number).run("apply");
        });
    }

    private static void moreGeneral(Gateway gateway, String here, String there) {
        String rest = " priority " + MORE_GENERAL + " action block";
        gateway.tables("policy add src " + here + " dst " + there + " dir out" + rest);
        gateway.tables("policy add src " + there + " dst " + here + " dir in" + rest);
        gateway.tables("policy add src " + there + " dst " + here + " dir fwd" + rest);
    }

    private Gateway gateway(int number) {
        return gateways.get(number % gateways.size());
    }

    private Outcome outcome(Turn turn) {
        gateways.forEach(gateway -> gateway.run("up"));
        passes();
        int from = stage.traffic().next();
        Map<String, Long> troubles = troubles();
        long met = lastMet();
        List<Map<String, Integer>> objects = new ArrayList<>();
        Footprint[] footprints = new Footprint[2];
        Witness wire = stage.witness(ends.directory().resolve("wire.pcap"), () -> {
            for (int number = 0; number < TIMES; number++) {
                if (number == SETTLED) {
                    objects.add(objects());
                    footprints[0] = Footprint.now();
                }
                turn.make(number);
            }
            passes();
            objects.add(objects());
            footprints[1] = Footprint.now();
            stage.traffic().close();
        });
        long lastMet = lastMet() - met;
        gateways.forEach(Gateway::close);
        Map<String, Integer> sent = new TreeMap<>();
        int lost = 0;
        for (Map.Entry<Flow, Traffic.Tally> each : stage.traffic().tallies(from).entrySet()) {
            sent.put(each.getKey().toString(), each.getValue().sent());
            lost += each.getValue().lost();
        }
        Map<String, Long> risen = troubles();
        risen.entrySet().removeAll(troubles.entrySet());
        return new Outcome(wire, sent, lost, risen, objects, lastMet, footprints[0], footprints[1]);
    }

    private Map<String, Long> troubles() {
        Map<String, Long> troubles = new TreeMap<>();
        for (String host : List.of("a", "b")) {
            stage.laboratory().host(host).statistics().forEach((counter, value) -> {
                if (value != 0) {
                    troubles.put(host + " " + counter, value);
                }
            });
        }
        return troubles;
    }

    private Map<String, Integer> objects() {
        Map<String, Integer> objects = new TreeMap<>();
        for (Gateway gateway : gateways) {
            Snapshot snapshot = snapshot(gateway);
            String name = gateway.name().orElseThrow();
            objects.put(name + " states", snapshot.states().size());
            objects.put(name + " policies", snapshot.policies().size());
        }
        return objects;
    }

    /** The kernel counts no packets of policies; when one was last met it notes, in seconds. */
    private long lastMet() {
        return gateways.stream()
                .flatMap(gateway -> snapshot(gateway).policies().stream())
                .filter(policy -> policy.priority() == MORE_GENERAL)
                .mapToLong(policy -> policy.current().useTime())
                .max()
                .orElse(0);
    }

    private static Snapshot snapshot(Gateway gateway) {
        try (KernelSession session = new KernelSession(gateway.open())) {
            return session.snapshot();
        }
    }

    private void passes() {
        if (!stage.traffic().passes()) {
            throw new IllegalStateException(
                    "nothing arrives any more: " + stage.traffic().tallies(0));
        }
    }
}
