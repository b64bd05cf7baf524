package org.xfrmctl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.doctor.Finding;
import org.xfrmctl.manager.doctor.PathFinding;
import org.xfrmctl.manager.probe.HostProbe;
import org.xfrmctl.manager.probe.PathVerdict;
import org.xfrmctl.manager.probe.ProbeEnds;
import org.xfrmctl.manager.probe.ProbeLimits;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.manager.probe.TunnelProbe;
import org.xfrmctl.manager.probe.UnprobeableException;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.netlink.NetlinkException;

/** Finds out for the doctor how long packets to a host may be: through the child that leads there, or as any host does. */
record DoctorProbe(Kernel kernel, IpAddress to, Optional<Definition> definition) {
    Optional<Finding> look() {
        try {
            return PathFinding.of(report());
        } catch (UnprobeableException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e.advice());
        } catch (NetlinkException e) {
            throw MtuProbeCommand.explained(e);
        }
    }

    /** A child that cannot be asked through is no reason not to ask; but if nothing is found, it is why. */
    private ProbeReport report() {
        ProbeEnds ends = new ProbeEnds(Optional.empty(), Optional.of(to));
        ProbeLimits limits = ProbeLimits.by(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        List<UnprobeableException> refusals = new ArrayList<>();
        try (ProbingHost host = MtuProbeCommand.host(
                kernel, definition.map(Definition::interfaces).orElse(List.of()))) {
            for (DesiredChild child : leading()) {
                try {
                    return new TunnelProbe(child, host, limits).run(ends);
                } catch (UnprobeableException e) {
                    refusals.add(e);
                }
            }
            ProbeReport report = new HostProbe(host, limits).run(ends, OptionalInt.empty());
            if (report.verdict() == PathVerdict.NOBODY && !refusals.isEmpty()) {
                throw refusals.get(0);
            }
            return report;
        }
    }

    private List<DesiredChild> leading() {
        return definition
                .map(defined -> TunnelProbe.leadingTo(
                        to, Wanted.withoutKeys(defined).outline().children()))
                .orElse(List.of());
    }
}
