package org.xfrmctl.manager.plan;

import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.definition.ChildName;

/**
 * Says what to change. Every plan is idempotent: applied, it leaves nothing to plan. None touches the kernel's IPIP
 * companions or an object that is not ours.
 *
 * <p>Ours is a state with the reqid of a defined child, a policy with a template of such a reqid, a block or pass policy in
 * the very place of one that we want, and what the {@link Ledger} names. A reqid outside of our {@linkplain
 * org.xfrmctl.manager.compile.ReqidBand band} may be somebody else's too, so it counts only between the child's gateways.
 */
public final class Planner {
    private Planner() {}

    /** Those of some children that have other SAs than the definition, so that a rekey by phases is the way to them. */
    public static Set<ChildName> awaitingRekey(
            DesiredState desired, Set<ChildName> children, Snapshot snapshot, Ledger ledger) {
        Sight sight = new Sight(desired, new SnapshotIndex(snapshot), ledger);
        if (!new RekeyPlanning(Goal.REKEY_INBOUND, sight, children).isAwaited()) {
            return Set.of();
        }
        return children.stream()
                .filter(child -> new RekeyPlanning(Goal.REKEY_INBOUND, sight, Set.of(child)).isAwaited())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What to change for the goal. Children that are not chosen stay as they are, up, down or half-way, and nothing of
     * theirs is taken for foreign or obsolete.
     *
     * <p>On the way down policies first turn into blocks in place, then the states go; with {@code on_down: pass} the
     * blocks go last, so that after a crash half-way nothing passes that should not yet.
     *
     * @param children the chosen ones, by names that the definition knows; {@link Goal#DOWN} takes others, too, and has
     *     nothing to do for those that the ledger does not know either; {@link Goal#APPLY} is about all children whatever is
     *     chosen
     * @throws PlanConflictException with everything that stands in the way
     * @throws IllegalArgumentException if a name is not known
     */
    public static Plan plan(
            Goal goal, DesiredState desired, Set<ChildName> children, Snapshot snapshot, Ledger ledger) {
        Sight sight = new Sight(desired, new SnapshotIndex(snapshot), ledger);
        return switch (goal) {
            case UP -> new UpPlanning(sight, children, Set.of()).plan();
            case TRAP -> new UpPlanning(sight, children, Set.of()).trap();
            case DOWN -> new DownPlanning(sight, children).plan();
            case APPLY -> new UpPlanning(sight, desired.names(), sight.undefined()).plan();
            case LOCKDOWN -> new LockdownPlanning(sight, children).plan();
            case REKEY_INBOUND, REKEY_OUTBOUND, REKEY_FINISH, REKEY_UNDO ->
                new RekeyPlanning(goal, sight, children).plan();
        };
    }
}
