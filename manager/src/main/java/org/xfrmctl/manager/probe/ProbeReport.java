package org.xfrmctl.manager.probe;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ChildName;

/**
 * What a search has found, and what that means.
 *
 * @param child whose tunnel was looked at; empty of a host that has none
 * @param from empty if the kernel chose the source
 * @param expected the greatest packet that should pass, as far as this host knew before
 */
public record ProbeReport(
        Optional<ChildName> child,
        Optional<IpAddress> from,
        IpAddress to,
        int expected,
        Soundings soundings,
        Judgement judgement) {
    /**
     * What it means.
     *
     * @param summary one line
     * @param evidence what that is concluded from, a sentence each
     * @param advice what to change, or to try next
     */
    public record Judgement(PathVerdict verdict, String summary, List<String> evidence, List<String> advice) {
        public Judgement {
            evidence = List.copyOf(evidence);
            advice = List.copyOf(advice);
        }
    }

    public PathVerdict verdict() {
        return judgement.verdict();
    }
}
