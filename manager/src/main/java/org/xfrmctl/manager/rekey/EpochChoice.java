package org.xfrmctl.manager.rekey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.Derivation;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.compile.Epochs;
import org.xfrmctl.manager.compile.ReqidBand;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DerivedSas;

/**
 * Which epoch a child with derived keys is in, by what was noted and what the kernel holds.
 *
 * <p>The ends do not talk. Each accepts its own epoch, the one behind it that the peer may still be in, and some ahead. So one
 * end may go on by itself, and the other follows when it sees packets of the new epoch; an end that has lost its states in
 * a crash begins two epochs on, with keys that were never used, and is understood.
 */
public final class EpochChoice {
    private final Definition definition;
    private final Map<String, Key> keys;
    private final EpochStore store;
    private final SnapshotIndex present;
    private final Map<Child, Long> chosen = new HashMap<>();
    /** Those that are up while it is not noted which epochs they have used. */
    private final Set<ChildName> forgotten = new HashSet<>();

    public EpochChoice(Definition definition, Map<String, Key> keys, EpochStore store, Snapshot snapshot) {
        this.definition = definition;
        this.keys = keys;
        this.store = store;
        this.present = new SnapshotIndex(snapshot);
    }

    /** As {@link #current(Set)} for all. */
    public DesiredState current() {
        return current(definition.children().map(Child::name).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * What is wanted without a rekey: the epochs that the children are in, or new ones for those that are not up.
     *
     * @param names those that matter; of others the epoch may be wrong
     * @throws JournalException if it is not noted which epochs one of them has used
     */
    public DesiredState current(Set<ChildName> names) {
        DesiredState desired = ConnectionCompiler.compile(definition, keys, child -> chosen(child, now(child)));
        names.stream().filter(forgotten::contains).findFirst().ifPresent(EpochChoice::refuseForgotten);
        return desired;
    }

    /** Of {@link #current}: the children that it would refuse. */
    public Set<ChildName> forgotten() {
        return Set.copyOf(forgotten);
    }

    /**
     * What is wanted after a rekey of some children: the next epoch, or that of a peer who has gone on already.
     *
     * @param anyway also if the peer has not been heard in the epoch before
     * @throws PlanConflictException if a child is not up, or its peer might not understand the next epoch
     */
    public DesiredState next(Set<ChildName> names, boolean anyway) {
        List<String> conflicts = new ArrayList<>();
        DesiredState desired = ConnectionCompiler.compile(
                definition,
                keys,
                child -> chosen(child, names.contains(child.name()) ? next(child, anyway, conflicts) : now(child)));
        if (!conflicts.isEmpty()) {
            throw new PlanConflictException(conflicts);
        }
        return desired;
    }

    /** Those of some children whose peer has gone on, or whose outbound state will not last. */
    public Set<ChildName> due(Set<ChildName> names, long nowSeconds) {
        return definition
                .children()
                .filter(child -> names.contains(child.name()) && child.sas() instanceof DerivedSas)
                .filter(child -> isDue(child, store.used(child), nowSeconds))
                .map(Child::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isDue(Child child, long used, long nowSeconds) {
        long current = used == 0 ? 0 : current(child, used);
        if (current == 0) {
            return false;
        }
        long heard = heard(child, used);
        if (heard > current) {
            return true;
        }
        // Without a word of the peer it would be refused; it comes when there is one.
        return heard + Epochs.LEAD > used
                && present.withId(Derivation.outbound(secret(child), child, current)).stream()
                        .anyMatch(state -> Exhaustion.isNear(state, nowSeconds));
    }

    /** The last epoch in which something came from the peer, as far as it is still to be seen; both begin with the first. */
    private long heard(Child child, long used) {
        return LongStream.iterate(used + Epochs.AHEAD, epoch -> epoch >= Math.max(1, used - Epochs.AHEAD), e -> e - 1)
                .filter(epoch -> packets(child, epoch) > 0)
                .findFirst()
                .orElse(1);
    }

    /**
     * Notes the epochs whose outbound states a plan adds, before the kernel is given them.
     *
     * @throws JournalException if one was used before, which a state that went between two looks can bring about: a key
     *     must not come back with its sequence numbers at zero
     */
    public void use(Plan plan) {
        Set<SaId> added = plan.changes().stream()
                .filter(Change.AddState.class::isInstance)
                .map(change -> ((Change.AddState) change).state().id())
                .collect(Collectors.toUnmodifiableSet());
        Map<Child, Long> used = new HashMap<>();
        chosen.forEach((child, epoch) -> {
            if (added.contains(Derivation.outbound(secret(child), child, epoch))) {
                if (epoch <= store.used(child)) {
                    throw new JournalException(
                            "nothing was changed: " + child.name() + " has lost its outbound state of"
                                    + " epoch " + epoch
                                    + " just now, and its key must not be used again: run it once more, for a"
                                    + " new epoch");
                }
                used.put(child, epoch);
            }
        });
        if (!used.isEmpty()) {
            store.use(used);
        }
    }

    private Epochs chosen(Child child, Epochs epochs) {
        chosen.put(child, epochs.current());
        return epochs;
    }

    private Epochs now(Child child) {
        long used = store.used(child);
        if (used == 0) {
            lookForForgotten(child);
            return Epochs.from(1);
        }
        long current = current(child, used);
        return current > 0 ? around(child, current, current - Epochs.AHEAD) : Epochs.from(used + Epochs.RESTART);
    }

    /** The newest epoch that the child sends by, which is older than the last that was noted if a run was ended; 0 if none. */
    private long current(Child child, long used) {
        long epoch = used;
        while (epoch > Math.max(0, used - Epochs.AHEAD)) {
            if (isUp(child, epoch)) {
                return epoch;
            }
            epoch--;
        }
        return 0;
    }

    /** Whoever is up has used an epoch; to begin again with the first would be to use its keys twice. */
    private void lookForForgotten(Child child) {
        Reqid reqid = child.policy().reqid().orElseGet(() -> ReqidBand.of(child.name()));
        boolean isUp = present.states().stream()
                .anyMatch(state -> state.reqid().equals(reqid)
                        && state.source().equals(child.endpoints().local())
                        && state.id().destination().equals(child.endpoints().remote()));
        if (isUp) {
            forgotten.add(child.name());
        }
    }

    private static void refuseForgotten(ChildName child) {
        throw new JournalException(child + " has states in the kernel, but it is not noted which epochs it has used:"
                + " is this another --epoch-dir than before? If the notes are lost, make a new secret at both ends, and"
                + " take the child down and up again; if its keys were written down until now, down and up alone");
    }

    private Epochs next(Child child, boolean anyway, List<String> conflicts) {
        long used = store.used(child);
        long current = used == 0 ? 0 : current(child, used);
        if (current == 0) {
            conflicts.add(child.name() + ": it has no states that new ones could follow: run \"up\" first");
            return now(child);
        }
        long peer = heard(child, used);
        long next = Math.max(used + 1, peer);
        if (next > peer + Epochs.LEAD && !anyway) {
            conflicts.add(child.name() + ": nothing has come from the peer since it was in epoch " + peer
                    + ", so it may" + " not accept epoch " + next + " yet: rekey there first, or take --force");
        }
        // What the peer sent before it went on may still be under way.
        return around(child, next, Math.min(peer, next - 1));
    }

    /** An epoch, two ahead, and of those behind it what the kernel still holds, from one on. */
    private Epochs around(Child child, long epoch, long from) {
        List<Long> accepted = new ArrayList<>(Epochs.from(epoch).accepted());
        for (long older = Math.max(1, Math.max(from, epoch - Epochs.AHEAD)); older < epoch; older++) {
            if (inbound(child, older).isPresent()) {
                accepted.add(older);
            }
        }
        return new Epochs(epoch, accepted);
    }

    private boolean isUp(Child child, long epoch) {
        SaId id = Derivation.outbound(secret(child), child, epoch);
        return !present.withId(id).isEmpty();
    }

    private long packets(Child child, long epoch) {
        return inbound(child, epoch).map(state -> state.current().packets()).orElse(0L);
    }

    private Optional<XfrmState> inbound(Child child, long epoch) {
        return present.withId(Derivation.inbound(secret(child), child, epoch)).stream()
                .findFirst();
    }

    private Key secret(Child child) {
        return Objects.requireNonNull(keys.get(((DerivedSas) child.sas()).secret()));
    }
}
