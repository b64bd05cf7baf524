package org.xfrmctl.manager.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.DesiredChild;
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
