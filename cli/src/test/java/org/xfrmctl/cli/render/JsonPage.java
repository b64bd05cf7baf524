package org.xfrmctl.cli.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/JSON.md, read as what it lists. */
final class JsonPage {
    /** Objects that have a table of their own, wherever they stand. */
    static final Set<String> PARTS = Set.of(
            "sel",
            "tmpl",
            "algorithms",
            "replay",
            "limit",
            "encap",
            "offload",
            "security_context",
            "other",
            "state",
            "policy",
            "way",
            "layers",
            "flows",
            "kernel");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final String EVENTS = "events";

    private final String text;

    JsonPage() {
        try {
            text = Files.readString(Path.of("..", "docs", "JSON.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /** What stands below a heading, up to the next of its rank. */
    String section(String heading) {
        String rest = text.substring(text.indexOf("\n## " + heading + "\n") + 1);
        int end = rest.indexOf("\n## ");
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** The members of each section's tables, and when each is left out; empty where the table does not say. */
    Map<String, Map<String, String>> members() {
        Map<String, Map<String, String>> members = new LinkedHashMap<>();
        String section = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("#")) {
                section = line.replace("#", "").strip().toLowerCase(Locale.ROOT);
            } else if (line.startsWith("| `") && !section.equals(EVENTS)) {
                List<String> cells = cells(line);
                members.computeIfAbsent(section, any -> new LinkedHashMap<>())
                        .put(quoted(line).get(0), cells.size() > 3 ? cells.get(3) : "");
            }
        }
        return members;
    }

    /** What may stand around every event. */
    Set<String> aroundEvents() {
        return section("Events")
                .lines()
                .takeWhile(line -> !line.startsWith("| `event`"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> quoted(line).get(0))
                .collect(Collectors.toSet());
    }

    /** Of each event its members, and {@code event WORD}. Two may have the same word. */
    Set<Set<String>> events() {
        return text.lines()
                .dropWhile(line -> !line.startsWith("| `event`"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(JsonPage::cells)
                .map(cells -> Stream.concat(
                                quoted(cells.get(0)).stream().map(word -> "event " + word),
                                quoted(cells.get(1)).stream())
                        .collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    /** What stands between the bars of a table's row. */
    static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    /** What stands in backquotes. */
    static List<String> quoted(String text) {
        return QUOTED.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replace("`", ""))
                .toList();
    }
}
