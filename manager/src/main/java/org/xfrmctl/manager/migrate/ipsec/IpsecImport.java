package org.xfrmctl.manager.migrate.ipsec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.ForeignAddresses;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.NewSas;
import org.xfrmctl.manager.migrate.draft.OptionTable;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.Side;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Names;
import org.xfrmctl.model.definition.Place;

/** Reads ipsec.conf into a draft. */
public final class IpsecImport {
    private static final String DEFAULTS = "%default";

    private final Map<String, IpsecSection> conns = new LinkedHashMap<>();
    private final Dialect dialect;
    private final Side local;
    private final Draft draft;
    private final Findings findings;
    private final NewSas sas;
    private final ForeignAddresses addresses;

    private IpsecImport(Dialect dialect, Side local, KeyChoice keys, Optional<String> here, Draft draft) {
        this.dialect = dialect;
        this.local = local;
        this.draft = draft;
        this.findings = draft.findings();
        this.sas = new NewSas(keys, draft);
        this.addresses = new ForeignAddresses(here, findings);
    }

    /**
     * Reads texts as one configuration.
     *
     * @param local which side is this host
     * @param here this host's address, for connections that name none
     * @throws ConfigException if one is not of the format
     */
    public static void read(
            List<SourceText> texts, SourceFiles files, Side local, KeyChoice keys, Optional<String> here, Draft draft) {
        IpsecParser parser = new IpsecParser(files, draft.findings());
        texts.forEach(parser::read);
        Dialect.Guess guess = Dialect.of(parser.sections());
        Dialect dialect = guess.dialect();
        draft.findings()
                .note("read as " + dialect.title() + "'s"
                        + guess.key().map(key -> ", which alone has " + key).orElse(", for nothing shows whose it is"));
        draft.findings().note(local + " is this host, and " + local.other() + " the other end; --local says another");
        new IpsecImport(dialect, local, keys, here, draft)
                .read(parser.sections(), texts.get(0).place(1, 1));
    }

    private void read(List<IpsecSection> sections, Place begin) {
        Set<String> templates = new HashSet<>();
        for (IpsecSection section : sections) {
            switch (section.kind()) {
                case CONN -> {
                    conns.put(section.name(), section);
                    section.also().forEach(name -> templates.add(name.text()));
                }
                case CA, SETUP ->
                    OptionTable.ike(
                            new Origin(
                                    section.place(),
                                    section.kind() == IpsecSection.Kind.CA ? "ca " + section.name() : "config setup"),
                            findings);
            }
        }
        for (IpsecSection conn : conns.values()) {
            if (!conn.name().equals(DEFAULTS)) {
                connection(conn, templates.contains(conn.name()));
            }
        }
        if (conns.keySet().stream().allMatch(DEFAULTS::equals)) {
            findings.add(new Origin(begin, "conn"), "there is none", "name the file that has them");
        }
    }

    private void connection(IpsecSection section, boolean template) {
        Map<String, IpsecSection.Value> values = new LinkedHashMap<>();
        Origin origin = new Origin(section.place(), section.name());
        List<IpsecSection> all = linearized(section, new HashSet<>(), new HashMap<>());
        all.forEach(each -> each.values().forEach((key, value) -> {
            IpsecSection.Value first = values.putIfAbsent(key, value);
            if (first != null && dialect == Dialect.LIBRESWAN && !first.text().equals(value.text())) {
                findings.add(
                        new Origin(value.place(), origin.name() + "." + key),
                        "conn " + section.name() + " has another value of it, and libreswan refuses it a second time",
                        "line " + first.place().line() + " was taken; leave one of them out");
            }
        }));
        if (dialect == Dialect.LIBRESWAN) {
            all.forEach(each -> each.again()
                    .forEach((key, value) -> findings.add(
                            new Origin(value.place(), each.name() + "." + key),
                            "it had another value above, and libreswan refuses it a second time",
                            "this line was taken; leave one of them out")));
        }
        Optional.ofNullable(conns.get(DEFAULTS))
                .ifPresent(defaults -> linearized(defaults, new HashSet<>(), new HashMap<>())
                        .forEach(each -> each.values().forEach(values::putIfAbsent)));
        IpsecConn conn = new IpsecConn(dialect, local, values, origin, findings);
        if (!conn.isLoaded()) {
            if (!template) {
                findings.add(
                        conn.at("auto"),
                        "it is not loaded, as the daemon has not",
                        "write auto=add to have it imported");
            }
            return;
        }
        Draft.Connection connection = draft.connection(section.name(), origin);
        boolean addressed = addresses.put(
                connection,
                conn.value(local.toString()),
                conn.value(local.other().toString()),
                origin,
                local.toString(),
                local.other().toString());
        if (conn.isProtecting() && addressed) {
            Draft.Entry child = connection.child(section.name(), origin);
            conn.read(child, draft);
            sas.put(connection, child);
        }
    }

    /**
     * The conn and those whose names stand behind its {@code also}, what counts most first: itself, and of the others the last
     * one for strongSwan, with its own others; what is met twice counts as little as it may (its conf_parser.c says so).
     *
     * @param open conns that this one is read for, so that a circle ends
     * @param known what has come of others
     */
    private List<IpsecSection> linearized(
            IpsecSection section, Set<String> open, Map<String, List<IpsecSection>> known) {
        List<IpsecSection> before = known.get(section.name());
        if (before != null) {
            return before;
        }
        if (!open.add(section.name())) {
            return List.of();
        }
        List<IpsecSection.Value> also = new ArrayList<>(section.also());
        if (dialect == Dialect.STRONGSWAN) {
            Collections.reverse(also);
        }
        Set<IpsecSection> all = new LinkedHashSet<>(List.of(section));
        for (IpsecSection.Value name : also) {
            List<IpsecSection> others = linearized(named(name), open, known);
            others.forEach(all::remove);
            all.addAll(others);
        }
        open.remove(section.name());
        List<IpsecSection> made = List.copyOf(all);
        known.put(section.name(), made);
        return made;
    }

    private IpsecSection named(IpsecSection.Value name) {
        IpsecSection other = conns.get(name.text());
        if (other == null) {
            throw new ConfigException(
                    name.place(),
                    "there is no conn of the name behind also="
                            + Names.nearest(name.text(), conns.keySet())
                                    .map(near -> "; did you mean \"" + near + "\"?")
                                    .orElse("; add it, or the file that has it"));
        }
        return other;
    }
}
