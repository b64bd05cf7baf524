package org.xfrmctl.cli.render;

import java.util.List;
import java.util.stream.Collectors;
import org.xfrmctl.cli.firewall.HeldTable;
import org.xfrmctl.cli.firewall.Installation;
import org.xfrmctl.cli.render.TextTable.Column;
import org.xfrmctl.manager.firewall.NftText;
import org.xfrmctl.model.definition.ChildName;

/** {@code xfrmctl firewall} for people; the rules themselves in the words of {@code nft}. */
public final class FirewallText {
    private static final String NO_FILTER =
            "  this host has no packet filter: nothing is dropped, and no rule that accepts is needed\n";

    private FirewallText() {}

    public static String print(FirewallReport report) {
        if (report instanceof FirewallReport.Rules rules) {
            return NftText.print(rules.children());
        }
        if (report instanceof FirewallReport.Installed installed) {
            return installed.children().stream().map(FirewallText::print).collect(Collectors.joining())
                    + (installed.filters() ? "" : NO_FILTER);
        }
        if (report instanceof FirewallReport.Removed removed) {
            return removed.children().isEmpty() ? "nothing was installed\n" : lines(removed.children(), "removed");
        }
        if (report instanceof FirewallReport.Status status) {
            StringBuilder text = new StringBuilder(status.tables().isEmpty() ? "nothing is installed\n" : "");
            status.tables().forEach(table -> text.append(print(table)));
            return text.append(status.filters() ? "" : NO_FILTER).toString();
        }
        throw new AssertionError(report);
    }

    private static String print(Installation child) {
        StringBuilder text = new StringBuilder(child.child() + ": " + child.outcome() + "\n");
        for (String what : child.missing()) {
            FindingsText.wrapped(text, "  ", NftText.MISSING + what, "  ");
            FindingsText.wrapped(text, "  > ", NftText.MENDING, "    ");
        }
        return text.toString();
    }

    private static String lines(List<ChildName> children, String what) {
        StringBuilder text = new StringBuilder();
        children.forEach(child -> text.append(child).append(": ").append(what).append('\n'));
        return text.toString();
    }

    private static String print(HeldTable held) {
        TextTable table = new TextTable(Column.text("chain"), Column.number("packets"), Column.text("rule"));
        held.rules()
                .forEach(rule -> table.row(
                        rule.chain(), rule.packets().map(Long::toUnsignedString).orElse(""), rule.purpose()));
        return held.child() + ": installed\n" + table.print();
    }
}
