package org.xfrmctl.manager.migrate.draft;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.ConfigException.Problem;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;

/**
 * Makes a definition of a draft. What the reader or the compiler refuses is taken out and told: an option alone, where all
 * that is lost is the option; the whole child, where without it other packets would be protected, or in another way.
 */
public final class DraftReading {
    /** Without one of these a child is still about the same packets, and as well protected. */
    private static final Set<String> DISPENSABLE = Set.of(
            "start_action",
            "priority",
            "reqid",
            "replay_window",
            "copy_df",
            "copy_ecn",
            "copy_dscp",
            "mtu",
            "mss",
            "policies_fwd_out",
            "tfc_padding",
            "rekey_time",
            "life_time",
            "rekey_bytes",
            "life_bytes",
            "rekey_packets",
            "life_packets",
            "addresses",
            "routes");

    private final Draft draft;
    private final Path directory;

    private DraftReading(Draft draft, Path directory) {
        this.draft = draft;
        this.directory = directory;
    }

    /**
     * Reads the draft until nothing is refused any more; what was is told by its findings.
     *
     * @param directory where the definition will be stored: paths of its secrets start there
     */
    public static Definition read(Draft draft, Path directory) {
        return new DraftReading(draft, directory).read();
    }

    /** Ends, because each round takes something out. */
    private Definition read() {
        while (true) {
            draft.tidy();
            if (draft.connections().isEmpty()) {
                return new Definition(List.of(), Map.of());
            }
            DraftText text = new DraftText(draft);
            Path file = directory.resolve("import.json");
            try {
                Definition definition = DefinitionReader.parse(text.text(), file);
                ConnectionCompiler.compileWithoutKeys(definition);
                return definition;
            } catch (ConfigException refused) {
                boolean any = false;
                Pattern place = Pattern.compile(Pattern.quote(file.toString()) + ":([0-9]{1,9}):[0-9]+");
                List<Problem> problems = refused.problems().stream()
                        .map(each -> new Problem(each.place(), withForeignPlaces(each.text(), place, text)))
                        .toList();
                for (Problem problem : problems) {
                    any |= takeOut(text.owner(problem.place().line()), problem.text());
                }
                if (!any) {
                    throw refused;
                }
            }
        }
    }

    /** A reason may name another place of the draft, which nobody can look at: what that came from is named instead. */
    private String withForeignPlaces(String reason, Pattern place, DraftText text) {
        return place.matcher(reason)
                .replaceAll(match -> Matcher.quoteReplacement(origin(text.owner(Integer.parseInt(match.group(1))))
                        .map(origin -> origin.place().toString())
                        .orElse(match.group())));
    }

    private Optional<Origin> origin(DraftText.Owner owner) {
        Optional<Draft.Connection> connection = owner.connection()
                .flatMap(name -> Optional.ofNullable(draft.connections().get(name)));
        if (owner.entry().isEmpty()) {
            return connection.map(each -> each.own().origin());
        }
        Map<String, Draft.Entry> entries =
                connection.map(Draft.Connection::children).orElse(draft.interfaces());
        return Optional.ofNullable(entries.get(owner.entry().get())).map(Draft.Entry::origin);
    }

    /** Whether there was something to be taken out: of two problems with one thing the second finds nothing. */
    private boolean takeOut(DraftText.Owner owner, String reason) {
        if (owner.connection().isPresent()) {
            String name = owner.connection().get();
            return Optional.ofNullable(draft.connections().get(name))
                    .map(connection -> takeOut(name, connection, owner, reason))
                    .orElse(false);
        }
        return owner.entry()
                .map(name -> takeOutOf(draft.interfaces(), name, owner, reason))
                .orElse(false);
    }

    private boolean takeOut(String name, Draft.Connection connection, DraftText.Owner owner, String reason) {
        if (owner.entry().isPresent()) {
            return takeOutOf(connection.children(), owner.entry().get(), owner, reason);
        }
        draft.connections().remove(name);
        Origin origin = owner.option()
                .flatMap(key -> Optional.ofNullable(connection.own().options().get(key)))
                .map(Draft.Option::origin)
                .orElse(connection.own().origin());
        draft.findings().add(origin, reason, "the connection was left out; write it by hand");
        return true;
    }

    private boolean takeOutOf(Map<String, Draft.Entry> entries, String name, DraftText.Owner owner, String reason) {
        Draft.Entry entry = entries.get(name);
        if (entry == null) {
            return false;
        }
        Optional<Draft.Option> option = owner.option()
                .flatMap(key -> Optional.ofNullable(entry.options().get(key)));
        Origin origin = option.map(Draft.Option::origin).orElse(entry.origin());
        if (owner.option().filter(DISPENSABLE::contains).isPresent()) {
            if (option.isEmpty()) {
                return false;
            }
            entry.options().remove(owner.option().get());
            draft.findings().add(origin, reason, "the option was left out");
            return true;
        }
        entries.remove(name);
        draft.findings().add(origin, reason, "all of " + name + " was left out, for it would not be the same without");
        return true;
    }
}
