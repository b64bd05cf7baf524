package org.xfrmctl.manager.migrate.ipsec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Place;

/** Reads ipsec.conf(5): sections begin in the first column, their settings are indented; {@code include} takes in files. */
final class IpsecParser {
    private static final int DEEPEST = 10;
    private static final String SECTIONS =
            "allowed there are \"conn NAME\", \"ca NAME\", \"config setup\", \"include FILE\"";

    private final SourceFiles files;
    private final Findings findings;
    private final Map<String, IpsecSection> sections = new LinkedHashMap<>();
    private @Nullable IpsecSection open;
    private int included;

    IpsecParser(SourceFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** All sections read so far, in their order. */
    List<IpsecSection> sections() {
        return List.copyOf(sections.values());
    }

    /**
     * Reads a text and what it includes.
     *
     * @throws ConfigException if it is not of that format
     */
    void read(SourceText source) {
        open = null;
        String[] lines = source.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            IpsecLine line = new IpsecLine(source, i + 1, lines[i]);
            int last = i;
            while (line.isOpen()) {
                last++;
                if (last == lines.length) {
                    throw new ConfigException(line.place(0), "a quote or a brace begins in this line and does not end");
                }
                line = line.with(lines[last]);
            }
            i = last;
            if (!line.content().isBlank()) {
                line(source, line);
            }
        }
    }

    private void line(SourceText source, IpsecLine line) {
        String content = line.content();
        String word = content.strip().split("\\s+", -1)[0];
        String rest = content.strip().substring(word.length()).strip();
        if (word.equals("include") && !rest.startsWith("=")) {
            include(source, rest, line.place(line.indent()));
        } else if (line.indent() > 0) {
            setting(line);
        } else if (word.equals("version")) {
            open = null; // Of FreeS/WAN's times, and without a meaning.
        } else {
            section(word, rest, line.place(0));
        }
    }

    private void section(String word, String rest, Place place) {
        Optional<IpsecSection.Kind> kind = switch (word) {
            case "conn" -> Optional.of(IpsecSection.Kind.CONN);
            case "ca" -> Optional.of(IpsecSection.Kind.CA);
            case "config" -> rest.equals("setup") ? Optional.of(IpsecSection.Kind.SETUP) : Optional.empty();
            default -> Optional.empty();
        };
        if (kind.isEmpty()) {
            throw new ConfigException(
                    place, "no section begins so; " + SECTIONS + "; settings of a section are indented");
        }
        if (rest.isEmpty() || rest.contains(" ") || rest.contains("\t")) {
            throw new ConfigException(place, "a section has a name of one word; " + SECTIONS);
        }
        open = sections.computeIfAbsent(word + " " + rest, any -> new IpsecSection(kind.get(), rest, place));
    }

    private void setting(IpsecLine line) {
        String content = line.content();
        Place place = line.place(line.indent());
        int equals = content.indexOf('=');
        if (equals < 0 || content.substring(0, equals).isBlank()) {
            throw new ConfigException(place, "an indented line is a setting; write it as KEY=VALUE");
        }
        if (open == null) {
            throw new ConfigException(place, "this setting stands in no section; begin one above it; " + SECTIONS);
        }
        String key = content.substring(0, equals).strip();
        if (key.startsWith("x-") || key.startsWith("x_")) {
            return; // Both daemons' files may have comments of that form.
        }
        open.set(
                key,
                new IpsecSection.Value(
                        IpsecLine.unquoted(content.substring(equals + 1).strip()), place));
    }

    private void include(SourceText source, String pattern, Place place) {
        if (pattern.isEmpty()) {
            throw new ConfigException(place, "include needs a file or a pattern behind it");
        }
        if (included == DEEPEST) {
            throw new ConfigException(
                    place, "files include each other more than " + DEEPEST + " deep; is there a circle?");
        }
        List<SourceText> found = files.matching(IpsecLine.unquoted(pattern), source);
        if (found.isEmpty()) {
            findings.add(new Origin(place, "include"), "no file is there that it means", "see whether one is missing");
        }
        included++;
        found.forEach(this::read);
        included--;
        open = null;
    }
}
