package org.xfrmctl.cli.firewall;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.datapath.host.rules.PacketRule;
import org.xfrmctl.model.definition.ChildName;

/** A child's rules as a kernel holds them. */
public record HeldTable(ChildName child, List<HeldRule> rules) {
    public HeldTable {
        rules = List.copyOf(rules);
    }

    /** Those of a userspace host, where a child's name is the owner of the rules. */
    public static List<HeldTable> ofHost(Map<String, List<PacketRule>> owners) {
        return owners.entrySet().stream()
                .map(entry -> ofHost(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static HeldTable ofHost(String owner, List<PacketRule> rules) {
        int slash = owner.indexOf('/');
        return new HeldTable(
                new ChildName(owner.substring(0, slash), owner.substring(slash + 1)),
                rules.stream().map(HostRules::held).toList());
    }

    /**
     * One rule and what it has met.
     *
     * @param chain {@code input}, {@code mss_forward} and so on
     * @param purpose what it was installed for
     * @param packets how many have matched, where that is counted
     */
    public record HeldRule(String chain, String purpose, Optional<Long> packets) {}
}
