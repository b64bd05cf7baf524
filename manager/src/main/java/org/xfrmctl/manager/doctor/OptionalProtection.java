package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;

/** Policies that name a transform and do not insist on it. */
final class OptionalProtection implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("level-use");
    }

    @Override
    public List<Finding> look(Facts facts) {
        return Stream.concat(
                        facts.protecting(Direction.IN, Direction.FWD)
                                .filter(policy -> policy.templates().stream().allMatch(OptionalProtection::isOptional))
                                .map(OptionalProtection::letsIn),
                        facts.protecting(Direction.OUT)
                                .filter(OptionalProtection::isProtectionOptional)
                                .map(OptionalProtection::letsOut))
                .toList();
    }

    /** Compression is none. */
    private static boolean isProtectionOptional(XfrmPolicy policy) {
        List<Template> protection = policy.templates().stream()
                .filter(template -> !template.protocol().equals(IpProtocol.COMP))
                .toList();
        return !protection.isEmpty() && protection.stream().allMatch(OptionalProtection::isOptional);
    }

    /** Some let all pass that is not theirs, as Cilium does in fwd. */
    private static boolean isAboutAll(XfrmPolicy policy) {
        return policy.selector().source().length() == 0
                && policy.selector().destination().length() == 0;
    }

    private static boolean isOptional(Template template) {
        return template.level().isOptional();
    }

    private static Finding letsIn(XfrmPolicy policy) {
        return new Finding(
                isAboutAll(policy) ? Severity.WARNING : Severity.ERROR,
                "level-use",
                "clear text of " + policy.selector() + " gets in: no transform is required of it",
                List.of(IpCommands.line(policy)),
                "A template of level use is met by packets that did not come through it (xfrm_policy_ok()), and here all are."
                        + " Whoever can send a packet with these addresses is believed.",
                fixes(policy));
    }

    private static Finding letsOut(XfrmPolicy policy) {
        return new Finding(
                Severity.ERROR,
                "level-use",
                "packets of " + policy.selector() + " leave in clear when there is no state",
                List.of(IpCommands.line(policy)),
                "An outbound template of level use is passed over where no state fits (xfrm_tmpl_resolve_one()).",
                fixes(policy));
    }

    private static List<Finding.Fix> fixes(XfrmPolicy policy) {
        if (IpCommands.isOurs(policy)) {
            return List.of(Finding.Fix.advice("Leave out \"level: use\" in the child, and \"xfrmctl up\"."));
        }
        return List.of(
                isAboutAll(policy)
                        ? Finding.Fix.advice(
                                "Nothing, if other traffic passes here in clear on purpose: it would be dropped"
                                        + " otherwise. Else policies of level required about what is protected.")
                        : IpCommands.update(required(policy)));
    }

    /** All but compression. */
    private static XfrmPolicy required(XfrmPolicy policy) {
        return policy.toBuilder()
                .templates(policy.templates().stream()
                        .map(template -> template.protocol().equals(IpProtocol.COMP)
                                ? template
                                : template.withLevel(Level.REQUIRED))
                        .toList())
                .build();
    }
}
