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
            Pattern.compile("table inet " + Pattern.quote(NftText.TABLES) + "([^/ ]+)/([^/ ]+)(?: \\{.*)?");
    private static final Pattern CHAIN = Pattern.compile("\\s*chain (\\S+) \\{");
    private static final Pattern RULE = Pattern.compile(".* counter packets (\\d+) bytes \\d+.* comment \"([^\"]*)\"");

    private final Nft nft;

    /** {@code before} is what stands before the name of the program. */
    NftTables(List<String> before) {
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
        nft.change(NftText.print(children));
    }

    @Override
    public void remove(List<ChildName> children) {
        if (!children.isEmpty()) {
            nft.change(children.stream().map(NftText::remove).collect(Collectors.joining()));
        }
    }

    /** All of it at once: between two calls a table may go. */
    @Override
    public List<HeldTable> list() {
        return tables(nft.list("ruleset", "inet"));
    }

    @Override
    public List<ChildName> names() {
        return nft.list("tables", "inet")
                .lines()
                .map(NftTables::name)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ChildName> name(String line) {
        Matcher table = TABLE.matcher(line);
        return table.matches() ? Optional.of(new ChildName(table.group(1), table.group(2))) : Optional.empty();
    }

    /** Ours, with the rules that have a counter, in what nft prints of all tables. */
    static List<HeldTable> tables(String ruleset) {
        List<HeldTable> tables = new ArrayList<>();
        Optional<ChildName> child = Optional.empty();
        List<String> body = new ArrayList<>();
        for (String line : ruleset.lines().toList()) {
            if (line.startsWith("table ")) {
                child = name(line);
                body.clear();
            } else if (line.equals("}")) {
                child.ifPresent(name -> tables.add(new HeldTable(name, rules(body))));
                child = Optional.empty();
            } else {
                body.add(line);
            }
        }
        return tables;
    }

    private static List<HeldTable.HeldRule> rules(List<String> lines) {
        List<HeldTable.HeldRule> rules = new ArrayList<>();
        Optional<String> chain = Optional.empty();
        for (String line : lines) {
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
