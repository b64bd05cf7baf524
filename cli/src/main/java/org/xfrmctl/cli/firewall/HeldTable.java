package org.xfrmctl.cli.firewall;

import java.util.List;
import org.xfrmctl.model.definition.ChildName;

/** A child's rules as a kernel holds them. */
public record HeldTable(ChildName child, List<HeldRule> rules) {
    public HeldTable {
        rules = List.copyOf(rules);
    }

    /**
     * One rule and what it has met.
     *
     * @param chain {@code input}, {@code mss_forward} and so on
     * @param purpose what it was installed for
     * @param packets how many have matched
     */
    public record HeldRule(String chain, String purpose, long packets) {}
}
