package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.cli.firewall.HeldTable;
import org.xfrmctl.cli.firewall.Installation;
import org.xfrmctl.cli.firewall.Installation.Outcome;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.manager.firewall.NftText;
import org.xfrmctl.manager.firewall.PacketMatch;
import org.xfrmctl.manager.firewall.Rule;
import org.xfrmctl.model.definition.ChildName;

/** {@code xfrmctl firewall} as JSON: rules as what they are about, not as text of nft. */
public final class FirewallJson {
    private FirewallJson() {}

    public static String print(FirewallReport report) {
        return Json.print(value(report));
    }

    static Object value(FirewallReport report) {
        if (report instanceof FirewallReport.Rules rules) {
            return rules.children().stream().map(FirewallJson::child).toList();
        }
        if (report instanceof FirewallReport.Installed installed) {
            return Json.object(
                    "installed", names(installed, Outcome.INSTALLED),
                    "removed", names(installed, Outcome.REMOVED),
                    "unneeded", names(installed, Outcome.UNNEEDED),
                    "missing",
                            installed.children().stream()
                                    .flatMap(child -> child.missing().stream().map(what -> child.child() + ": " + what))
                                    .toList(),
                    "filters", installed.filters());
        }
        if (report instanceof FirewallReport.Removed removed) {
            return Json.object("removed", names(removed.children()));
        }
        if (report instanceof FirewallReport.Status status) {
            return Json.object(
                    "tables", status.tables().stream().map(FirewallJson::held).toList(), "filters", status.filters());
        }
        throw new AssertionError(report);
    }

    private static List<String> names(FirewallReport.Installed installed, Outcome outcome) {
        return names(installed.children().stream()
                .filter(child -> child.outcome() == outcome)
                .map(Installation::child)
                .toList());
    }

    private static List<String> names(List<ChildName> children) {
        return children.stream().map(ChildName::toString).toList();
    }

    private static Map<String, Object> child(ChildFirewall child) {
        return Json.object(
                "child", child.child().toString(),
                "table", NftText.table(child.child()),
                "rules", child.rules().stream().map(FirewallJson::rule).toList(),
                "missing", child.missing());
    }

    private static Object rule(Rule rule) {
        Optional<PacketMatch.Protection> protection = rule.match().protection();
        Optional<Rule.Clamp> clamp = rule instanceof Rule.Clamp it ? Optional.of(it) : Optional.empty();
        return Json.join(
                Json.object("hook", rule.hook().toString(), "action", action(rule)),
                SelectorJson.of(rule.match().selector()),
                Json.object(
                        "protection", protection.map(it -> it.direction().toString()),
                        "reqid", protection.map(it -> Json.unsigned(it.reqid().bits())),
                        "oif", rule.match().leavingBy(),
                        "oif_kind", rule.match().leavingBy().map(it -> "xfrm"),
                        "by_route", clamp.map(Rule.Clamp::byRoute),
                        "most", clamp.flatMap(it -> Json.unsigned(it.most())),
                        "purpose", rule.purpose()));
    }

    private static String action(Rule rule) {
        return rule instanceof Rule.Accept ? "accept" : rule instanceof Rule.Clamp ? "clamp_mss" : "set_df";
    }

    private static Object held(HeldTable table) {
        return Json.object(
                "child",
                table.child().toString(),
                "rules",
                table.rules().stream()
                        .map(rule -> Json.object(
                                "chain", rule.chain(),
                                "packets", rule.packets().map(Json::unsigned),
                                "purpose", rule.purpose()))
                        .toList());
    }
}
