package org.xfrmctl.cli.render;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.manager.migrate.Imported;
import org.xfrmctl.manager.migrate.draft.Untaken;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DerivedSas;

/** What {@code xfrmctl import} tells people: beside the definition, and in comments above it. */
public final class ImportText {
    private static final int WIDTH = 80;
    /** Of {@code "# "}. */
    private static final int COMMENT = 2;

    private ImportText() {}

    /** The lines above the definition, without {@code #}. */
    public static List<String> comments(Imported imported, List<String> files) {
        List<String> lines = new ArrayList<>();
        String from = files.contains("-") ? "standard input" : String.join(", ", files);
        add(lines, "Taken over from " + from + " by \"xfrmctl import\". Read it before you use it.", "", COMMENT);
        Definition definition = imported.definition();
        if (definition.children().anyMatch(child -> child.sas() instanceof DerivedSas)) {
            add(
                    lines,
                    "There is no IKE here. Both ends derive their keys from a secret that they share, the names of"
                            + " connections and children, and their addresses, so all of these must be the same at the other"
                            + " end: \"xfrmctl mirror\" prints its definition, \"xfrmctl keygen\" makes the secrets, which you"
                            + " copy. \"xfrmctl watch\" makes new keys when it is time to.",
                    "",
                    COMMENT);
        } else if (!definition.connections().isEmpty() && imported.keys().isEmpty()) {
            add(
                    lines,
                    "There are no keys yet: \"xfrmctl keygen\" makes the secrets that are named here, which you copy to the"
                            + " other end. \"xfrmctl mirror\" prints its definition.",
                    "",
                    COMMENT);
        }
        if (!imported.untaken().isEmpty()) {
            lines.add("not taken over:");
            imported.untaken().forEach(each -> add(lines, "  " + each, "    ", COMMENT));
        }
        return lines;
    }

    /** The lines for standard error. */
    public static List<String> findings(Imported imported, List<Path> keyFiles) {
        List<String> lines = new ArrayList<>();
        imported.notes().forEach(note -> add(lines, note, "  ", 0));
        for (Untaken each : imported.untaken()) {
            add(lines, each.toString(), "  ", 0);
        }
        keyFiles.forEach(path -> lines.add("wrote " + shown(path.toString())));
        int missing = imported.untaken().size();
        lines.add(Count.of(imported.definition().connections().size(), "connection") + ", "
                + Count.of(imported.definition().children().count(), "child", "children") + "; "
                + (missing == 0
                        ? "all was taken over"
                        : Count.of(missing, "thing was", "things were") + " not taken over"));
        return lines;
    }

    /** A file's name may have characters that end a line, and a comment with it. */
    private static String shown(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }

    /** Breaks a text between words; a word that is too long stands in a line of its own. */
    private static void add(List<String> lines, String text, String indent, int before) {
        StringBuilder line = new StringBuilder(
                text.startsWith(" ")
                        ? text.substring(0, text.length() - text.stripLeading().length())
                        : "");
        boolean empty = true;
        for (String word : shown(text).strip().split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH - before) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
    }
}
