package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.model.XfrmCounter;

/** Counters of xfrm_stat. Those that rise while one looks say that packets are dropped now, the others that some were. */
final class RisingCounters implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("counter");
    }

    @Override
    public List<Finding> look(Facts facts) {
        return Stream.of(XfrmCounter.values())
                .filter(counter -> facts.rise(counter) > 0 || facts.counters().getOrDefault(counter, 0L) > 0)
                .map(counter -> finding(counter, facts))
                .toList();
    }

    private static Finding finding(XfrmCounter counter, Facts facts) {
        CounterWords words = CounterWords.of(counter);
        long now = facts.counters().getOrDefault(counter, 0L);
        boolean rises = facts.rise(counter) > 0;
        List<String> evidence = new ArrayList<>(List.of(
                rises
                        ? counter + " rose by " + facts.rise(counter) + ", to " + now
                        : counter + " is " + now + ", and did not rise meanwhile"));
        evidence.addAll(Suspects.of(counter, facts));
        return new Finding(
                rises ? Severity.ERROR : Severity.NOTE,
                "counter",
                words.what(),
                evidence,
                words.why(),
                List.of(Finding.Fix.advice(words.fix())));
    }
}
