package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;

/** Inbound policies that drop what was too small to be compressed. */
final class CompressionLevels implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("ipcomp-required");
    }

    @Override
    public List<Finding> look(Facts facts) {
        return facts.protecting(Direction.IN, Direction.FWD)
                .filter(policy -> policy.templates().stream().anyMatch(CompressionLevels::isRequired))
                .map(policy -> finding(policy, facts.rise(XfrmCounter.IN_TMPL_MISMATCH)))
                .toList();
    }

    private static boolean isRequired(Template template) {
        return template.protocol().equals(IpProtocol.COMP) && !template.level().isOptional();
    }

    private static Finding finding(XfrmPolicy policy, long rise) {
        List<String> evidence = new ArrayList<>(List.of(IpCommands.line(policy)));
        if (rise > 0) {
            evidence.add(XfrmCounter.IN_TMPL_MISMATCH + " rose by " + rise);
        }
        return new Finding(
                rise > 0 ? Severity.ERROR : Severity.WARNING,
                "ipcomp-required",
                "small packets of " + policy.selector() + " are dropped: compression is required of each",
                evidence,
                "Packets below 90 bytes, and those that would not get smaller, are sent without IPComp (RFC 3173, section 2.2;"
                        + " ipcomp_output()). A template of level required refuses them, and XfrmInTmplMismatch counts it.",
                List.of(
                        IpCommands.isOurs(policy)
                                ? Finding.Fix.advice("Leave out \"level: required\" in the child, and \"xfrmctl up\".")
                                : IpCommands.update(optional(policy)),
                        Finding.Fix.advice("An IKE daemon that made it must be told itself, or makes it again.")));
    }

    private static XfrmPolicy optional(XfrmPolicy policy) {
        return policy.toBuilder()
                .templates(policy.templates().stream()
                        .map(template ->
                                template.protocol().equals(IpProtocol.COMP) ? template.withLevel(Level.USE) : template)
                        .toList())
                .build();
    }
}
