package org.xfrmctl.cli.firewall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.datapath.host.rules.PacketRule;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.manager.firewall.Hook;
import org.xfrmctl.manager.firewall.Rule;

/** A child's rules as a userspace host has them: those that change packets. */
public final class HostRules {
    private HostRules() {}

    /** Those of children, by the owners' names: a child that needs none has an empty list. */
    public static Map<String, List<PacketRule>> byOwner(List<ChildFirewall> children) {
        Map<String, List<PacketRule>> owners = new LinkedHashMap<>();
        children.forEach(child -> owners.put(child.child().toString(), of(child)));
        return owners;
    }

    public static List<PacketRule> of(ChildFirewall child) {
        return child.rules().stream().flatMap(HostRules::rule).toList();
    }

    private static Stream<PacketRule> rule(Rule rule) {
        if (rule instanceof Rule.Clamp clamp) {
            return Stream.of(new PacketRule.ClampMss(
                    hook(clamp.hook()),
                    clamp.match().selector(),
                    clamp.match().protection().orElseThrow().reqid(),
                    clamp.byRoute(),
                    clamp.most()));
        }
        return rule instanceof Rule.SetDf df
                ? Stream.of(new PacketRule.SetDf(df.match().selector()))
                : Stream.of();
    }

    private static PacketRule.Hook hook(Hook hook) {
        return switch (hook) {
            case INPUT -> PacketRule.Hook.INPUT;
            case FORWARD -> PacketRule.Hook.FORWARD;
            case POSTROUTING -> PacketRule.Hook.POSTROUTING;
            case OUTPUT -> throw new IllegalArgumentException("no MSS is looked at there: " + hook);
        };
    }

    /** What {@code list} tells of one. */
    static HeldTable.HeldRule held(PacketRule rule) {
        return rule instanceof PacketRule.ClampMss clamp
                ? new HeldTable.HeldRule("mss_" + clamp.hook().name().toLowerCase(Locale.ROOT), "mss", Optional.empty())
                : new HeldTable.HeldRule("df_output", "copy_df: set", Optional.empty());
    }
}
