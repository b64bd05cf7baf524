package org.xfrmctl.datapath.explain;

import java.util.List;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmPolicy;

/**
 * The policy that a lookup takes.
 *
 * @param taken none if no policy covers the packet; two if one of sub type stands before one of main type
 * @param byDefault what happens to what no policy covers
 * @param others those that might have been meant, the ones that cover the packet first
 */
public record PolicyChoice(
        Direction direction, List<XfrmPolicy> taken, PolicyAction byDefault, List<PassedOver> others) {
    public PolicyChoice {
        taken = List.copyOf(taken);
        others = List.copyOf(others);
    }

    /** A policy that was not taken, and why. */
    public record PassedOver(XfrmPolicy policy, Reason reason) {}

    /** Why not. */
    public enum Reason {
        PRIORITY("its priority number is higher"),
        AGE("of the same priority it is the younger"),
        EXACT("of the same priority one between two hosts is taken first"),
        IF_ID("its if_id is another"),
        MARK("its mark is another"),
        UPPER("its protocol, ports or interface are others");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Whether a policy says that such packets do not pass, or the default does. */
    public boolean blocks() {
        return taken.isEmpty()
                ? byDefault == PolicyAction.BLOCK
                : taken.stream().anyMatch(policy -> policy.action() == PolicyAction.BLOCK);
    }

    /** Whether such packets are to come or go through states. */
    public boolean protects() {
        return taken.stream().anyMatch(policy -> !policy.templates().isEmpty());
    }
}
