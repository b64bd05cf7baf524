package org.xfrmctl.manager.firewall;

import java.util.List;
import org.xfrmctl.model.definition.ChildName;

/**
 * The rules of one child, each hook's in their order.
 *
 * @param missing what has to pass as well and has no rule, and why: a phrase each, for people
 */
public record ChildFirewall(ChildName child, List<Rule> rules, List<String> missing) {
    public ChildFirewall {
        rules = List.copyOf(rules);
        missing = List.copyOf(missing);
    }

    /** Those alone that change packets: what a host without a filter can have, too. */
    public ChildFirewall changing() {
        return only(
                rules.stream().filter(rule -> !(rule instanceof Rule.Accept)).toList());
    }

    /** Those alone that are about the TCP MSS. */
    public ChildFirewall mss() {
        return only(rules.stream().filter(Rule.Clamp.class::isInstance).toList());
    }

    private ChildFirewall only(List<Rule> some) {
        return new ChildFirewall(child, some, List.of());
    }
}
