package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;

/**
 * Policies by their prefixes. A lookup costs one look for each pair of prefix lengths that is present, however many
 * policies there are; those between the same prefixes are asked one by one, as the kernel does
 * ({@code struct xfrm_pol_inexact_node}).
 */
final class PolicyTree {
    private final List<PolicyShape> shapes = new ArrayList<>(1);
    private long looks;

    void add(PolicyEntry policy, int sourceLength, int destinationLength) {
        PolicyShape shape = shape(sourceLength, destinationLength);
        if (shape == null) {
            shape = new PolicyShape(sourceLength, destinationLength);
            shapes.add(shape);
        }
        shape.add(policy);
    }

    void remove(PolicyEntry policy, int sourceLength, int destinationLength) {
        PolicyShape shape = shape(sourceLength, destinationLength);
        if (shape != null) {
            shape.remove(policy);
            if (shape.isEmpty()) {
                shapes.remove(shape);
            }
        }
    }

    private @Nullable PolicyShape shape(int sourceLength, int destinationLength) {
        for (PolicyShape shape : shapes) {
            if (shape.has(sourceLength, destinationLength)) {
                return shape;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return shapes.isEmpty();
    }

    /** The policies between two prefixes, the first to be asked first. */
    List<PolicyEntry> between(IpAddress source, int sourceLength, IpAddress destination, int destinationLength) {
        List<PolicyEntry> found = new ArrayList<>();
        PolicyShape shape = shape(sourceLength, destinationLength);
        PolicyEntry next = shape == null ? null : shape.next(source, destination, null);
        while (shape != null && next != null) {
            found.add(next);
            next = shape.next(source, destination, next);
        }
        return found;
    }

    /** The first policy that covers a flow. */
    @Nullable
    PolicyEntry first(FlowKey flow) {
        PolicyEntry best = null;
        for (int i = 0; i < shapes.size(); i++) {
            looks++;
            PolicyEntry found = shapes.get(i).first(flow, this);
            if (found != null && (best == null || found.precedes(best))) {
                best = found;
            }
        }
        return best;
    }

    /** A lookup has looked at one more policy. */
    void look() {
        looks++;
    }

    /** How many prefixes and policies lookups have looked at, for the test that this does not grow with the table. */
    long looks() {
        return looks;
    }
}
