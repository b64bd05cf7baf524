package org.xfrmctl.manager.rekey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DerivedSas;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;
import org.xfrmctl.model.definition.SizeOptions;

/** What a definition asks for. All of it is known only when the kernel was looked at: derived keys have an epoch. */
public final class Wanted {
    private final Definition definition;
    private final Optional<Map<String, Key>> keys;
    private final DesiredState outline;

    private Wanted(Definition definition, Optional<Map<String, Key>> keys) {
        this.definition = definition;
        this.keys = keys;
        this.outline = keys.map(known -> ConnectionCompiler.compile(definition, known))
                .orElseGet(() -> ConnectionCompiler.compileWithoutKeys(definition));
    }

    public static Wanted of(Definition definition, Map<String, Key> keys) {
        return new Wanted(definition, Optional.of(keys));
    }

    /** For goals that add no state. */
    public static Wanted withoutKeys(Definition definition) {
        return new Wanted(definition, Optional.empty());
    }

    public static Wanted nothing() {
        return withoutKeys(new Definition(List.of(), Map.of()));
    }

    /** The definition itself. */
    public Definition definition() {
        return definition;
    }

    /** As it is in the first epoch: names, selectors, policies and all that does not come from keys are right. */
    public DesiredState outline() {
        return outline;
    }

    /** The interfaces that must be there before packets of these children can be sent. */
    public List<LogicalInterface> interfaces(Set<ChildName> chosen) {
        return definition.interfacesOf(chosen);
    }

    /** Every interface that is defined. */
    public List<LogicalInterface> interfaces() {
        return definition.interfaces();
    }

    /** Whether it takes an epoch to say more than the outline. */
    public boolean hasEpochs() {
        return keys.isPresent() && !derived().isEmpty();
    }

    /** Whether a child says how long its packets may be. */
    public boolean hasSizes() {
        return outline.children().stream().anyMatch(child -> !child.sizes().equals(SizeOptions.DEFAULT));
    }

    /** The children whose keys are derived. */
    public Set<ChildName> derived() {
        return definition
                .children()
                .filter(child -> child.sas() instanceof DerivedSas)
                .map(Child::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a watch does with each child that no command was given for. */
    public Map<ChildName, StartAction> startActions() {
        return definition
                .children()
                .collect(Collectors.toUnmodifiableMap(
                        Child::name, child -> child.policy().startAction()));
    }

    /** Only for what has keys. */
    public EpochChoice epochs(EpochStore store, Snapshot snapshot) {
        return new EpochChoice(definition, keys.orElseThrow(), store, snapshot);
    }

    /**
     * What is wanted of a kernel that holds this, without a rekey; {@code store} is asked for only if it matters.
     *
     * @param names those that matter: see {@link EpochChoice#current(Set)}
     */
    public DesiredState now(Supplier<EpochStore> store, Snapshot snapshot, Set<ChildName> names) {
        return hasEpochs() ? epochs(store.get(), snapshot).current(names) : outline;
    }
}
