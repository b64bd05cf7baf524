package org.xfrmctl.cli.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.manager.firewall.NftText;
import org.xfrmctl.model.definition.ChildName;

/** A real kernel's tables. Ours are known by their names alone, so that there is nothing to be remembered or lost. */
public final class NftTables implements FirewallTables {
    private static final Pattern TABLE =
            Pattern.compile("table inet " + Pattern.quote(NftText.TABLES) + "([^/ ]+)/([^/ ]+)");
    private static final Pattern CHAIN = Pattern.compile("\\s*chain (\\S+) \\{");
    private static final Pattern RULE = Pattern.compile(".* counter packets (\\d+) bytes \\d+.* comment \"([^\"]*)\"");

    private final Nft nft;

    private NftTables(List<String> before) {
        this.nft = new Nft(before);
    }

    /** Of the network namespace that this process runs in. */
    public static NftTables here() {
        return new NftTables(List.of());
    }

    /** Of a network namespace with a name. */
    public static NftTables in(String namespace) {
        return new NftTables(List.of("ip", "netns", "exec", namespace));
    }

    @Override
    public void install(List<ChildFirewall> children) {
        nft.run(NftText.print(children), "-f", "-");
    }

    @Override
    public void remove(List<ChildName> children) {
        if (!children.isEmpty()) {
            nft.run(children.stream().map(NftText::remove).collect(Collectors.joining()), "-f", "-");
        }
    }

    @Override
    public List<HeldTable> list() {
        return nft.run("", "list", "tables", "inet")
                .lines()
                .map(TABLE::matcher)
                .filter(Matcher::matches)
                .map(table -> new ChildName(table.group(1), table.group(2)))
                .map(child -> new HeldTable(child, rules(nft.run("", "list", "table", "inet", NftText.table(child)))))
                .toList();
    }

    /** The rules with a counter in what nft prints of a table. */
    static List<HeldTable.HeldRule> rules(String table) {
        List<HeldTable.HeldRule> rules = new ArrayList<>();
        Optional<String> chain = Optional.empty();
        for (String line : table.lines().toList()) {
            Matcher begins = CHAIN.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (begins.matches()) {
                chain = Optional.of(begins.group(1));
            } else if (rule.matches()) {
                rules.add(new HeldTable.HeldRule(
                        chain.orElse(""), rule.group(2), Optional.of(Long.parseUnsignedLong(rule.group(1)))));
            }
        }
        return rules;
    }

    @Override
    public boolean hasFilter() {
        return true;
    }
}
