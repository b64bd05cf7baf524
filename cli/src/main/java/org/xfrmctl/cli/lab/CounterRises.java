package org.xfrmctl.cli.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.model.XfrmCounter;

/** How the counters of xfrm_stat of every host rise from the moment that this is made. */
final class CounterRises {
    private final Laboratory laboratory;
    private final LabTopology topology;
    private final Map<String, Map<XfrmCounter, Long>> before;

    CounterRises(Laboratory laboratory, LabTopology topology) {
        this.laboratory = laboratory;
        this.topology = topology;
        this.before = statistics();
    }

    /** By host, what rose until now and by how much; nothing that did not. */
    Map<String, Map<XfrmCounter, Long>> now() {
        Map<String, Map<XfrmCounter, Long>> rises = new LinkedHashMap<>();
        statistics().forEach((host, counters) -> {
            Map<XfrmCounter, Long> rise = rise(before.getOrDefault(host, Map.of()), counters);
            if (!rise.isEmpty()) {
                rises.put(host, rise);
            }
        });
        return rises;
    }

    /** What of {@code rises} is not as expected; a host that is not named must see no counter rise. */
    List<String> failures(Map<String, Map<XfrmCounter, Long>> rises, Map<String, Step.Rise> expected) {
        List<String> failures = new ArrayList<>();
        for (LabHostSpec host : topology.hosts()) {
            Map<XfrmCounter, Long> rise = rises.getOrDefault(host.name(), Map.of());
            Step.Rise wanted = expected.getOrDefault(host.name(), new Step.Rise.Exactly(Map.of()));
            if (!meets(wanted, rise)) {
                failures.add("expected xfrm_stat of " + host.name() + " to rise by " + text(wanted) + ", got " + rise);
            }
        }
        return failures;
    }

    private static boolean meets(Step.Rise expected, Map<XfrmCounter, Long> rise) {
        if (expected instanceof Step.Rise.Exactly exactly) {
            return exactly.counters().equals(rise);
        }
        return expected instanceof Step.Rise.Whatever || !rise.isEmpty();
    }

    private static String text(Step.Rise expected) {
        return expected instanceof Step.Rise.Exactly exactly
                ? exactly.counters().toString()
                : "something";
    }

    private static Map<XfrmCounter, Long> rise(Map<XfrmCounter, Long> before, Map<XfrmCounter, Long> after) {
        Map<XfrmCounter, Long> rise = new LinkedHashMap<>();
        after.forEach((counter, value) -> {
            long by = value - before.getOrDefault(counter, 0L);
            if (by != 0) {
                rise.put(counter, by);
            }
        });
        return rise;
    }

    private Map<String, Map<XfrmCounter, Long>> statistics() {
        Map<String, Map<XfrmCounter, Long>> all = new LinkedHashMap<>();
        topology.hosts()
                .forEach(host ->
                        all.put(host.name(), laboratory.host(host.name()).statistics()));
        return all;
    }
}
