package org.xfrmctl.cli.lab;

import java.util.List;
import java.util.Map;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.model.XfrmCounter;

/** What came of a step. */
public sealed interface StepResult {
    Step step();

    /** What was expected and is not so; empty if all is well. */
    default List<String> failures() {
        return List.of();
    }

    /** Nothing to tell: it worked. */
    record Done(Step step) implements StepResult {}

    /** What a view shows. */
    record Shown(Step.Show step, String text) implements StepResult {}

    /**
     * A ping and what it did.
     *
     * @param rises by host, which counters of {@code xfrm_stat} rose and by how much; nothing that did not
     */
    record Pinged(Step.Ping step, PingOutcome result, Map<String, Map<XfrmCounter, Long>> rises, List<String> failures)
            implements StepResult {}

    /** Whether counters are as expected. */
    record Compared(Step.Expect step, List<String> failures) implements StepResult {}
}
