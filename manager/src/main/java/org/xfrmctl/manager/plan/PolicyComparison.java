package org.xfrmctl.manager.plan;

import java.util.List;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;

/**
 * Whether the kernel's policy is the wanted one, both having the same key. Left out are its index, times, counters and
 * share, which the kernel sets by itself or forgets.
 */
public final class PolicyComparison {
    private PolicyComparison() {}

    public static boolean same(XfrmPolicy wanted, XfrmPolicy present) {
        return wanted.action() == present.action()
                && wanted.priority() == present.priority()
                && wanted.flags().equals(present.flags())
                && wanted.limits().equals(present.limits())
                && plain(wanted).equals(plain(present));
    }

    private static List<Template> plain(XfrmPolicy policy) {
        return policy.templates().stream()
                .map(template -> new Template(
                        template.id(),
                        template.source(),
                        template.reqid(),
                        template.mode(),
                        template.level(),
                        template.masks(),
                        0))
                .toList();
    }
}
