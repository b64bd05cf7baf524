package org.xfrmctl.manager.migrate.swanctl;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Place;

/** Reads the format of strongswan.conf(5) with its includes: sections, settings, references. */
final class ConfParser {
    /** As strongSwan's own. */
    private static final int DEEPEST = 10;
    /** Nobody nests by hand as deep as this. */
    private static final int MOST_NESTED = 100;

    private final SourceFiles files;
    private final Findings findings;
    private int included;

    ConfParser(SourceFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /**
     * Reads a text into a section, and what it includes.
     *
     * @throws ConfigException if it is not of that format
     */
    void read(SourceText source, ConfSection into) {
        statements(new ConfScanner(source), into, 0);
    }

    private void statements(ConfScanner scanner, ConfSection section, int depth) {
        while (true) {
            scanner.skip(true);
            Place place = scanner.place();
            if (scanner.peek() == ConfScanner.END) {
                if (depth > 0) {
                    throw new ConfigException(place, "the file ends within a section; close it with \"}\"");
                }
                return;
            }
            if (scanner.peek() == '}') {
                if (depth == 0) {
                    throw new ConfigException(place, "\"}\" closes a section that was never opened; remove it");
                }
                scanner.take();
                return;
            }
            statement(scanner, section, place, depth);
        }
    }

    private void statement(ConfScanner scanner, ConfSection section, Place place, int depth) {
        String name = scanner.name();
        if (name.isEmpty()) {
            throw new ConfigException(
                    place,
                    "the name of a section or a key is needed here; allowed in one is all but . , : { } = \" # and blanks");
        }
        boolean blank = scanner.peek() == ' ' || scanner.peek() == '\t';
        scanner.skip(false);
        if (name.equals("include") && blank && scanner.peek() != '=') {
            include(scanner, section, place, depth);
        } else if (scanner.takeIf('=')) {
            section.set(name, scanner.value(), place);
        } else {
            open(scanner, section.open(name, place), depth);
        }
    }

    private void open(ConfScanner scanner, ConfSection opened, int depth) {
        if (scanner.takeIf(':')) {
            do {
                scanner.skip(true);
                opened.refer(reference(scanner));
                scanner.skip(true);
            } while (scanner.takeIf(','));
        }
        scanner.skip(true);
        if (!scanner.takeIf('{')) {
            throw new ConfigException(
                    scanner.place(), "\"=\" and a value, or \"{\" to open a section, is needed behind a name");
        }
        if (depth == MOST_NESTED) {
            throw new ConfigException(scanner.place(), "sections are nested more than " + MOST_NESTED + " deep");
        }
        statements(scanner, opened, depth + 1);
    }

    private static ConfSection.Reference reference(ConfScanner scanner) {
        Place place = scanner.place();
        List<String> path = new ArrayList<>();
        do {
            String name = scanner.name();
            if (name.isEmpty()) {
                throw new ConfigException(
                        place, "behind \":\" the full name of a section is needed, as in connections.home");
            }
            path.add(name);
        } while (scanner.takeIf('.'));
        return new ConfSection.Reference(path, place);
    }

    private void include(ConfScanner scanner, ConfSection section, Place place, int depth) {
        String pattern = scanner.pattern();
        if (pattern.isEmpty()) {
            throw new ConfigException(place, "include needs a file or a pattern behind it");
        }
        if (included == DEEPEST) {
            throw new ConfigException(
                    place, "files include each other more than " + DEEPEST + " deep; is there a circle?");
        }
        List<SourceText> found = files.matching(pattern, scanner.source());
        if (found.isEmpty()) {
            findings.add(new Origin(place, "include"), "no file is there that it means", "see whether one is missing");
        }
        included++;
        for (SourceText each : found) {
            ConfScanner inner = new ConfScanner(each);
            inner.skip(true);
            while (inner.peek() != ConfScanner.END) {
                Place here = inner.place();
                if (inner.peek() == '}') {
                    throw new ConfigException(here, "\"}\" closes a section that this file has not opened; remove it");
                }
                statement(inner, section, here, depth);
                inner.skip(true);
            }
        }
        included--;
    }
}
