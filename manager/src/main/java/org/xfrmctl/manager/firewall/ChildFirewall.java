package org.xfrmctl.manager.firewall;

import java.util.List;
import org.xfrmctl.model.definition.ChildName;

/** The rules of one child, each hook's in their order. */
public record ChildFirewall(ChildName child, List<Rule> rules) {
    public ChildFirewall {
        rules = List.copyOf(rules);
    }

    /** Those alone that change packets: what a host without a filter can have, too. */
    public ChildFirewall changing() {
        return new ChildFirewall(
                child,
                rules.stream().filter(rule -> !(rule instanceof Rule.Accept)).toList());
    }

    /** Those alone that are about the TCP MSS. */
    public ChildFirewall mss() {
        return new ChildFirewall(
                child, rules.stream().filter(Rule.Clamp.class::isInstance).toList());
    }
}
