package org.xfrmctl.manager.compile;

import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

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
}
