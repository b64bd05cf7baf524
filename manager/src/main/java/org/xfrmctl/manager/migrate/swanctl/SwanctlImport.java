package org.xfrmctl.manager.migrate.swanctl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.ForeignAddresses;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.NewSas;
import org.xfrmctl.manager.migrate.draft.OptionTable;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.Names;

/** Reads swanctl.conf into a draft. */
public final class SwanctlImport {
    private final Draft draft;
    private final Findings findings;
    private final NewSas sas;
    private final ForeignAddresses addresses;

    private SwanctlImport(Draft draft, KeyChoice keys, Optional<String> here) {
        this.draft = draft;
        this.findings = draft.findings();
        this.sas = new NewSas(keys, draft);
        this.addresses = new ForeignAddresses(here, findings);
    }

    /**
     * Reads texts as one configuration.
     *
     * @param here this host's address, for connections that name none
     * @throws org.xfrmctl.model.definition.ConfigException if one is not of the format
     */
    public static void read(
            List<SourceText> texts, SourceFiles files, KeyChoice keys, Optional<String> here, Draft draft) {
        ConfSection root = new ConfSection(texts.get(0).place(1, 1));
        ConfParser parser = new ConfParser(files, draft.findings());
        texts.forEach(text -> parser.read(text, root));
        new SwanctlImport(draft, keys, here).root(root);
    }

    private void root(ConfSection root) {
        ConfView view = ConfView.of(root);
        Set<String> referred = new HashSet<>();
        collectReferences(root, referred);
        root.values()
                .forEach((key, value) -> findings.add(
                        new Origin(value.place(), key),
                        "a key outside of all sections means nothing",
                        "see where it belongs"));
        for (String name : view.sections()) {
            ConfView section = view.section(name).orElseThrow();
            Origin origin = new Origin(section.place(), name);
            if (name.equals("connections")) {
                section.sections()
                        .forEach(each -> connection(each, section.section(each).orElseThrow()));
            } else if (SwanctlOptions.ABOUT_IKE.contains(name)) {
                OptionTable.ike(origin, findings);
            } else if (!referred.contains(name)) {
                findings.add(
                        origin,
                        "unknown section",
                        Names.nearest(name, List.of("connections", "secrets", "pools", "authorities"))
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("no section refers to it, so it means nothing"));
            }
        }
        if (view.section("connections").isEmpty()) {
            findings.add(
                    new Origin(root.place(), "connections"), "there is no such section", "name the file that has it");
        }
    }

    private static void collectReferences(ConfSection section, Set<String> names) {
        section.references().forEach(reference -> names.add(reference.path().get(0)));
        section.sections().values().forEach(each -> collectReferences(each, names));
    }

    private void connection(String name, ConfView section) {
        Origin origin = new Origin(section.place(), name);
        List<String> taken = new ArrayList<>();
        for (String key : section.keys()) {
            ConfSection.Value value = section.value(key).orElseThrow();
            Origin at = new Origin(value.place(), name + "." + key);
            if (SwanctlOptions.CONNECTION.isTaken(key, value.text(), at, findings)) {
                taken.add(key);
            }
        }
        for (String inner : section.sections()) {
            Origin at = new Origin(section.section(inner).orElseThrow().place(), name + "." + inner);
            if (inner.startsWith("local") || inner.startsWith("remote")) {
                OptionTable.ike(at, findings);
            } else if (!inner.equals("children")) {
                findings.add(at, "unknown section", "a connection has local, remote and children");
            }
        }
        Optional<ConfView> children = section.section("children");
        if (children.isEmpty() || children.get().sections().isEmpty()) {
            findings.add(origin, "it has no children, so nothing is protected", "leave it out");
            return;
        }
        Draft.Connection connection = draft.connection(name, origin);
        Optional<String> local = address("local_addrs", section, taken);
        Optional<String> remote = address("remote_addrs", section, taken);
        boolean addressed = addresses.put(connection, local, remote, origin, "local_addrs", "remote_addrs");
        for (String child : children.get().sections()) {
            ConfView options = children.get().section(child).orElseThrow();
            Origin at = new Origin(options.place(), name + ".children." + child);
            SwanctlChild reading = new SwanctlChild(options, at, findings);
            if (addressed && reading.isProtecting()) {
                Draft.Entry entry = connection.child(child, at);
                reading.read(entry, section);
                sas.put(connection, entry);
            }
        }
    }

    private Optional<String> address(String key, ConfView section, List<String> taken) {
        return taken.contains(key) ? section.value(key).map(ConfSection.Value::text) : Optional.empty();
    }
}
