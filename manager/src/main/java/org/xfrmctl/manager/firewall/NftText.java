package org.xfrmctl.manager.firewall;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.model.definition.ChildName;

/**
 * Rules as {@code nft -f} reads them: a table for each child, which is replaced as a whole in the one transaction that the file
 * is. Only numbers and names that nft has built in are used, for /etc/protocols need not be there.
 */
public final class NftText {
    /** All tables of ours are of this family and begin like this. */
    public static final String TABLES = "xfrmctl/";

    /** Stands before what has no rule. */
    public static final String MISSING = "no rule lets pass ";

    /** What to do about that. */
    public static final String MENDING = "name it under \"interfaces\", or write a rule with its oifname";

    private static final String HEAD = """
            # The nftables rules that these children need, printed by xfrmctl firewall. Each has a table of its own.
            # An accept here ends the way through its own table's chain only: another table may still drop the packet.
            # If yours drops what it does not know, its chains need the rules of "input" and "forward" below.
            # What is accepted stands at priority filter, where such a table usually drops; what changes packets stands
            # before, at priority mangle, so that filters see packets as they go on.
            """;

    private NftText() {}

    /** The table of a child. */
    public static String table(ChildName child) {
        return TABLES + child;
    }

    /** For people and for {@code nft -f}. */
    public static String print(List<ChildFirewall> children) {
        return HEAD + children.stream().map(NftText::replace).collect(Collectors.joining());
    }

    /** For {@code nft -f} alone: removes a child's table, and is no error if there is none. */
    public static String remove(ChildName child) {
        return "table inet " + table(child) + "\ndelete table inet " + table(child) + "\n";
    }

    /** A table without rules would say that something is there. */
    private static String replace(ChildFirewall child) {
        String chains = Stream.of(Chain.values())
                .map(chain -> chain.print(child.rules()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
        String cleared = "\n"
                + child.missing().stream()
                        .map(what -> "# " + MISSING + what + ":\n# " + MENDING + ".\n")
                        .collect(Collectors.joining())
                + remove(child.child());
        return chains.isEmpty()
                ? cleared + "# " + child.child() + " needs no rule.\n"
                : cleared + "table inet " + table(child.child()) + " {\n" + chains + "}\n";
    }

    /** The chains of a table: at each hook one for what is accepted and one for what is changed. */
    private enum Chain {
        INPUT("input", Hook.INPUT, "filter", Rule.Accept.class),
        FORWARD("forward", Hook.FORWARD, "filter", Rule.Accept.class),
        MSS_INPUT("mss_input", Hook.INPUT, "mangle", Rule.Clamp.class),
        MSS_FORWARD("mss_forward", Hook.FORWARD, "mangle", Rule.Clamp.class),
        MSS_POSTROUTING("mss_postrouting", Hook.POSTROUTING, "mangle", Rule.Clamp.class),
        DF_OUTPUT("df_output", Hook.OUTPUT, "mangle", Rule.SetDf.class);

        private final String title;
        private final Hook hook;
        private final String priority;
        private final Class<? extends Rule> kind;

        Chain(String title, Hook hook, String priority, Class<? extends Rule> kind) {
            this.title = title;
            this.hook = hook;
            this.priority = priority;
            this.kind = kind;
        }

        /** Empty if there is nothing for it. */
        Optional<String> print(List<Rule> rules) {
            List<String> lines = rules.stream()
                    .filter(rule -> rule.hook() == hook && kind.isInstance(rule))
                    .map(rule -> "\t\t" + NftRule.print(rule) + "\n")
                    .toList();
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of("\tchain " + title + " {\n\t\ttype filter hook " + hook + " priority " + priority
                            + "; policy accept;\n" + String.join("", lines) + "\t}\n");
        }
    }
}
