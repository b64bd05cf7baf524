package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.PolicyOverlap;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.ChildName;

/**
 * Policies that lead to no child of ours and have a say in the packets of some. What is about to be removed does not count.
 */
final class ForeignOverlaps {
    private final Ownership ownership;
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ForeignOverlaps(
            Sight sight, List<DesiredChild> children, Set<ChildName> removed, Predicate<XfrmPolicy> counts) {
        this.ownership = sight.ownership();
        Set<ChildName> known = new HashSet<>(sight.desired().names());
        known.addAll(removed);
        Set<PolicyKey> wanted = new HashSet<>();
        sight.desired().policies().forEach(policy -> wanted.add(policy.key()));
        PolicyOverlap foreign = new PolicyOverlap(sight.present().policies().stream()
                .filter(policy -> !wanted.contains(policy.key()) && counts.test(policy))
                .filter(policy ->
                        ownership.ownerOf(policy).filter(known::contains).isEmpty())
                .toList());
        for (DesiredChild child : children) {
            child.policies().forEach(policy -> foreign.with(policy).forEach(other -> judge(child, policy, other)));
        }
    }

    /** Those that stand beside the policies that protect the children. */
    static ForeignOverlaps of(Sight sight, List<DesiredChild> children, Set<ChildName> removed) {
        return new ForeignOverlaps(sight, children, removed, policy -> true);
    }

    /** Those that stand beside the blocks of the children; one that stops packets as well does no harm. */
    static ForeignOverlaps ofBlocks(Sight sight, List<DesiredChild> children, Set<ChildName> removed) {
        return new ForeignOverlaps(sight, children, removed, policy -> policy.action() != PolicyAction.BLOCK);
    }

    /** One line each: which of the two wins cannot be said. */
    List<String> conflicts() {
        return conflicts;
    }

    /** One line each: the other one wins. */
    List<String> warnings() {
        return warnings;
    }

    private void judge(DesiredChild child, XfrmPolicy policy, XfrmPolicy other) {
        Optional<ChildName> owner = ownership.ownerOf(other);
        String origin = owner.map(name ->
                        " was made for " + name + ", which is not defined any more (\"down " + name + "\" removes it),")
                .orElse(" is not ours");
        int order = Integer.compareUnsigned(other.priority(), policy.priority());
        if (order == 0) {
            conflicts.add(child.name() + ": " + Notation.of(other) + origin + " and overlaps " + policy.key()
                    + " at the same priority: which of them wins depends on their age; set another priority");
        } else if (order < 0) {
            warnings.add(child.name() + ": " + Notation.of(other) + origin + " and comes before " + policy.key());
        }
    }
}
