package org.xfrmctl.manager.compile;

import java.util.List;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmPolicy;

/** The policy that stops a child's traffic. It has the key and priority of the one it stands for, so UPDPOLICY swaps them. */
public final class BlockPolicy {
    private BlockPolicy() {}

    public static XfrmPolicy inPlaceOf(XfrmPolicy policy) {
        return policy.toBuilder()
                .action(PolicyAction.BLOCK)
                .templates(List.of())
                .index(0)
                .build();
    }
}
