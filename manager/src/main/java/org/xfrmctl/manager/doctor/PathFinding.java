package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.probe.PathVerdict;
import org.xfrmctl.manager.probe.ProbeReport;

/** What a search for a path's MTU means to the doctor. */
public final class PathFinding {
    public static final String NAME = "path-mtu";

    private static final Set<PathVerdict> UNCERTAIN = EnumSet.of(PathVerdict.NOBODY, PathVerdict.UNFINISHED);

    private PathFinding() {}

    /** Empty if what hosts send passes, or they can find out what does. */
    public static Optional<Finding> of(ProbeReport report) {
        if (report.verdict().isGood()) {
            return Optional.empty();
        }
        List<String> evidence = new ArrayList<>();
        evidence.add("to " + report.to() + ": of " + report.expected() + " bytes "
                + report.soundings().passes() + " pass");
        evidence.addAll(report.judgement().evidence());
        return Optional.of(new Finding(
                UNCERTAIN.contains(report.verdict()) ? Severity.WARNING : Severity.ERROR,
                NAME,
                report.judgement().summary(),
                evidence,
                "A tunnel breaks path MTU discovery in two places: its gateway must tell the clear side what the tunnel takes, and"
                        + " routers between the gateways must tell the gateway what they take (docs/PMTU.md).",
                report.judgement().advice().stream().map(Finding.Fix::advice).toList()));
    }
}
