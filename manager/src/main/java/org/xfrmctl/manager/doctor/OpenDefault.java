package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;

/** What no policy is about passes in clear. */
final class OpenDefault implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("open-default");
    }

    @Override
    public List<Finding> look(Facts facts) {
        boolean protects = facts.protecting(Direction.OUT, Direction.IN, Direction.FWD)
                .findAny()
                .isPresent();
        List<String> open = new ArrayList<>();
        facts.defaults().ifPresent(defaults -> {
            add(open, "in", defaults.in());
            add(open, "fwd", defaults.fwd());
            add(open, "out", defaults.out());
        });
        return !protects || open.isEmpty() ? List.of() : List.of(finding(open));
    }

    private static void add(List<String> open, String name, int policy) {
        if (policy == DefaultPolicies.ACCEPT) {
            open.add(name);
        }
    }

    private static Finding finding(List<String> open) {
        return new Finding(
                Severity.NOTE,
                "open-default",
                "packets without a policy pass in clear (" + String.join(", ", open) + ")",
                List.of("ip xfrm policy getdefault: accept"),
                "That is Linux's default. Where a policy is missing, nothing stops its packets.",
                List.of(
                        Finding.Fix.advice("\"xfrmctl lockdown\" blocks what is defined and not up yet."),
                        Finding.Fix.advice(
                                "Blocking it (ip xfrm policy setdefault) also stops what you are logged in by, unless a policy is about"
                                        + " it.")));
    }
}
