package org.xfrmctl.it.scenario;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What a run of one scenario came to, in a form that JSON carries out of the guest. */
public record ScenarioRecord(String name, List<StepRecord> steps, List<TextRecord> texts) {

    /**
     * One step.
     *
     * @param step what it was
     * @param received replies to a ping, bytes of a transfer, the greatest packet that a probe had answered; -1 for other steps
     * @param rises by host, how much counters of xfrm_stat rose during a ping
     * @param counters by host and then {@code child row}, {@code bytes/packets} after the step
     * @param failures expectations of the scenario that were not met
     */
    public record StepRecord(
            String step,
            int received,
            SortedMap<String, SortedMap<String, Long>> rises,
            SortedMap<String, SortedMap<String, String>> counters,
            List<String> failures) {}

    /** What a command of ours and one of iproute2 printed in the same host at the same moment. */
    public record TextRecord(String host, String command, String ours, String theirs) {}

    /** Every failed expectation, with its step. */
    public List<String> failures() {
        return steps.stream()
                .flatMap(step -> step.failures().stream().map(failure -> step.step() + ": " + failure))
                .toList();
    }

    /** By scenario name. */
    public record All(Map<String, ScenarioRecord> scenarios) {}
}
