package org.xfrmctl.manager.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * What earlier runs may have put into the kernel, and for which child. It outlives the definition: a block policy bears no
 * mark of ours, and a child may lose its reqid, its gateways or its place in the file. That an object is named here does
 * not mean that it exists.
 *
 * @param owners by what names the object in the kernel: see {@link #name(XfrmState)} and {@link #name(XfrmPolicy)}
 */
public record Ledger(Map<String, ChildName> owners) {
    public static final Ledger EMPTY = new Ledger(Map.of());

    public Ledger {
        owners = Map.copyOf(owners);
    }

    /** What names a state: destination, protocol, SPI and mark. */
    static String name(XfrmState state) {
        return name(state.id(), state.mark());
    }

    private static String name(SaId id, Mark mark) {
        return "state " + id + (mark.masked().isNone() ? "" : " mark " + mark.masked());
    }

    /** What names a policy: its key. */
    static String name(XfrmPolicy policy) {
        return "policy " + policy.key();
    }

    Optional<ChildName> ownerOf(XfrmState state) {
        return Optional.ofNullable(owners.get(name(state)));
    }

    Optional<ChildName> ownerOf(XfrmPolicy policy) {
        return Optional.ofNullable(owners.get(name(policy)));
    }

    /** The children that something was made for, by name. */
    public Set<ChildName> children() {
        Set<ChildName> children = new TreeSet<>(Comparator.comparing(ChildName::toString));
        children.addAll(owners.values());
        return children;
    }

    /** This, and all that the children want. */
    public Ledger with(Iterable<DesiredChild> children) {
        Map<String, ChildName> more = new HashMap<>(owners);
        for (DesiredChild child : children) {
            names(child).forEach(name -> more.put(name, child.name()));
        }
        return new Ledger(more);
    }

    private static Stream<String> names(DesiredChild child) {
        return Stream.concat(
                child.states().map(Ledger::name), child.policies().stream().map(Ledger::name));
    }

    /**
     * What may be in the kernel for a plan's children from its first change to its last: of this what the kernel holds,
     * what the plan puts there, and what is proven to be theirs without this. A state that merely has the name of one that
     * a child wants is somebody else's.
     */
    public Ledger within(Plan plan, DesiredState desired, Set<ChildName> children, Snapshot snapshot) {
        Map<String, ChildName> reach = new HashMap<>(in(snapshot).owners);
        Ownership ownership = new Ownership(desired, this);
        SnapshotIndex present = new SnapshotIndex(snapshot);
        present.states()
                .forEach(state -> ownership
                        .ownerOf(state)
                        .filter(children::contains)
                        .ifPresent(owner -> reach.put(name(state), owner)));
        present.policies()
                .forEach(policy -> ownership
                        .ownerOf(policy)
                        .filter(children::contains)
                        .ifPresent(owner -> reach.put(name(policy), owner)));
        Set<String> made = plan.changes().stream().flatMap(Ledger::made).collect(Collectors.toSet());
        for (DesiredChild child : desired.children()) {
            if (children.contains(child.name())) {
                names(child).filter(made::contains).forEach(name -> reach.put(name, child.name()));
                child.policies().stream()
                        .filter(wanted -> present.find(wanted.key())
                                .filter(have -> ownership.mayReplace(have, wanted))
                                .isPresent())
                        .forEach(wanted -> reach.put(name(wanted), child.name()));
            }
        }
        return new Ledger(reach);
    }

    private static Stream<String> made(Change change) {
        if (change instanceof Change.AddState add) {
            return Stream.of(name(add.state()));
        } else if (change instanceof Change.UpdateState update) {
            return Stream.of(name(update.state()));
        } else if (change instanceof Change.AddPolicy add) {
            return Stream.of(name(add.policy()));
        } else if (change instanceof Change.UpdatePolicy update) {
            return Stream.of(name(update.policy()));
        }
        return Stream.empty();
    }

    /** Of this, what a kernel holds. */
    public Ledger in(Snapshot snapshot) {
        Set<String> present = new HashSet<>();
        snapshot.states().forEach(state -> present.add(name(state)));
        snapshot.policies().forEach(policy -> present.add(name(policy)));
        Map<String, ChildName> rest = new HashMap<>(owners);
        rest.keySet().retainAll(present);
        return new Ledger(rest);
    }
}
