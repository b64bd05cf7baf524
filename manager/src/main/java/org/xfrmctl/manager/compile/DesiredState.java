package org.xfrmctl.manager.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * All that a definition asks of a kernel.
 *
 * @param children in the order of the definition
 * @param warnings one line each: what is allowed, but weaker than its author may think
 */
public record DesiredState(List<DesiredChild> children, List<String> warnings) {
    public DesiredState {
        children = List.copyOf(children);
        warnings = List.copyOf(warnings);
    }

    public Stream<XfrmState> states() {
        return children.stream().flatMap(DesiredChild::states);
    }

    public Stream<XfrmPolicy> policies() {
        return children.stream().flatMap(child -> child.policies().stream());
    }

    /**
     * The children with these names, in the order of the definition.
     *
     * @throws IllegalArgumentException if a name is not among them
     */
    public List<DesiredChild> children(Set<ChildName> names) {
        List<DesiredChild> chosen =
                children.stream().filter(child -> names.contains(child.name())).toList();
        Set<ChildName> unknown = new HashSet<>(names);
        chosen.forEach(child -> unknown.remove(child.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such child: " + unknown);
        }
        return chosen;
    }

    /** The children with these names alone. */
    public DesiredState only(Set<ChildName> names) {
        return new DesiredState(children(names), warnings);
    }

    public Set<ChildName> names() {
        return children.stream().map(DesiredChild::name).collect(Collectors.toUnmodifiableSet());
    }
}
