package org.xfrmctl.manager.plan;

import java.util.HashSet;
import java.util.Set;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.compile.ReqidBand;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmPolicy;

/** Which of the kernel's policies may be changed. */
final class Ownership {
    private final Set<Reqid> defined = new HashSet<>();

    Ownership(DesiredState desired) {
        desired.children().forEach(child -> defined.add(child.reqid()));
    }

    /** Whether a template leads to a child of this definition. */
    boolean isDefined(XfrmPolicy policy) {
        return policy.templates().stream().anyMatch(template -> defined.contains(template.reqid()));
    }

    /**
     * Whether {@code present} may be replaced by {@code wanted}, whose key it has. A policy without templates bears no mark
     * of ours, so it must be our block, or do what the wanted one does.
     */
    boolean mayReplace(XfrmPolicy present, XfrmPolicy wanted) {
        if (!present.templates().isEmpty()) {
            return isDefined(present)
                    || present.templates().stream().allMatch(template -> ReqidBand.contains(template.reqid()));
        }
        return PolicyComparison.same(BlockPolicy.inPlaceOf(wanted), present)
                || (present.action() == PolicyAction.ALLOW && wanted.templates().isEmpty());
    }
}
