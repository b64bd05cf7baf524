package org.xfrmctl.cli.lab;

import java.util.List;
import java.util.Map;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.TransferOutcome;
import org.xfrmctl.manager.probe.ProbeReport;
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

    /** What a watch did at one look, a line each, and what it could not do. */
    record Looked(Step.Look step, List<String> done, List<String> failures) implements StepResult {}

    /** What a view shows. */
    record Shown(Step.Show step, String text) implements StepResult {}

    /**
     * A ping, or datagrams that came back, and what that did.
     *
     * @param rises by host, which counters of {@code xfrm_stat} rose and by how much; nothing that did not
     */
    record Pinged(Step step, PingOutcome result, Map<String, Map<XfrmCounter, Long>> rises, List<String> failures)
            implements StepResult {}

    /** A transfer and what it did; {@code rises} as for a ping. */
    record Transferred(
            Step.Transfer step,
            TransferOutcome result,
            Map<String, Map<XfrmCounter, Long>> rises,
            List<String> failures)
            implements StepResult {}

    /** What a probe has found; {@code rises} as for a ping. */
    record Probed(Step.Probe step, ProbeReport report, Map<String, Map<XfrmCounter, Long>> rises, List<String> failures)
            implements StepResult {}

    /** Whether counters are as expected. */
    record Compared(Step.Expect step, List<String> failures) implements StepResult {}
}
