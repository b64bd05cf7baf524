package org.xfrmctl.it.ike;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an {@link IkeRecord} holds, for a test to judge. */
final class IkeSeen {
    static final IkeSeen NOTHING = new IkeSeen(MissingNode.getInstance());

    private static final Pattern STATE = Pattern.compile(
            "src (\\S+) dst (\\S+)\\s+proto (\\S+) spi (0x[0-9a-f]{8}).*?lifetime current:\\s+(\\d+)\\(bytes\\), (\\d+)\\(packets\\)",
            Pattern.DOTALL);

    private static final Pattern STATISTIC = Pattern.compile("(?m)^(\\w+)\\s+(\\d+)$");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode seen;

    private IkeSeen(JsonNode seen) {
        this.seen = seen;
    }

    static IkeSeen in(Path results) throws IOException {
        return new IkeSeen(JSON.readTree(results.resolve("seen.json").toFile()));
    }

    /** What a state has counted. */
    record Count(long bytes, long packets) {
        static final Count NONE = new Count(0, 0);

        Count minus(Count other) {
            return new Count(bytes - other.bytes, packets - other.packets);
        }
    }

    /** What each has counted meanwhile. */
    static Map<String, Count> rises(Map<String, Count> before, Map<String, Count> after) {
        Map<String, Count> rises = new TreeMap<>(after);
        rises.replaceAll((state, count) -> count.minus(before.getOrDefault(state, Count.NONE)));
        return rises;
    }

    String text(String name) {
        return wanted(name).asText();
    }

    /** What xfrmctl printed. */
    String out(String name) {
        return wanted(name).path("out").asText();
    }

    JsonNode json(String name) {
        try {
            return JSON.readTree(out(name));
        } catch (JsonProcessingException e) {
            throw new AssertionError(name + ": " + wanted(name), e);
        }
    }

    private JsonNode wanted(String name) {
        JsonNode found = seen.path(name);
        if (found.isMissingNode()) {
            throw new AssertionError("nobody looked at " + name);
        }
        return found;
    }

    /** By source, destination and SPI, as {@code ip} prints them, larval ones apart, which only wait for a daemon. */
    Map<String, Count> ofIp(String name) {
        Map<String, Count> counts = new TreeMap<>();
        Matcher states = STATE.matcher(text(name));
        while (states.find()) {
            if (!states.group(4).equals("0x00000000")) {
                counts.put(
                        states.group(1) + " " + states.group(2) + " " + states.group(4),
                        new Count(Long.parseLong(states.group(5)), Long.parseLong(states.group(6))));
            }
        }
        return counts;
    }

    /** Of {@code counters}, as {@link #ofIp}. */
    Map<String, Count> counts(String name) {
        Map<String, Count> counts = new TreeMap<>();
        json(name).forEach(child -> child.path("rows").forEach(row -> counts.put(key(row), count(row))));
        return counts;
    }

    /** The states of each table, in its order. */
    List<List<String>> tables(String name) {
        List<List<String>> tables = new ArrayList<>();
        json(name).forEach(child -> {
            List<String> states = new ArrayList<>();
            child.path("rows").forEach(row -> states.add(row.path("state").asText()));
            tables.add(states);
        });
        return tables;
    }

    /** The rows of the first table, by what they are. */
    Map<String, Count> table(String name) {
        Map<String, Count> rows = new HashMap<>();
        JsonNode tables = json(name);
        tables.path(tables.size() - 1)
                .path("rows")
                .forEach(row -> rows.put(row.path("state").asText(), count(row)));
        return rows;
    }

    static String key(JsonNode state) {
        return state.path("src").asText() + " " + state.path("dst").asText() + " "
                + state.path("spi").asText();
    }

    static Count count(JsonNode state) {
        return new Count(state.path("bytes").asLong(), state.path("packets").asLong());
    }

    /** The rules of the doctor that found something, notes apart. */
    List<String> findings(String name) {
        List<String> rules = new ArrayList<>();
        json(name).forEach(finding -> {
            if (!finding.path("severity").asText().equals("note")) {
                rules.add(finding.path("rule").asText());
            }
        });
        return rules;
    }

    /** Those that are notes. */
    List<String> notes(String name) {
        List<String> rules = new ArrayList<>();
        json(name).forEach(finding -> {
            if (finding.path("severity").asText().equals("note")) {
                rules.add(finding.path("rule").asText());
            }
        });
        return rules;
    }

    Map<String, Long> statistics(String name) {
        Map<String, Long> statistics = new TreeMap<>();
        Matcher lines = STATISTIC.matcher(text(name));
        while (lines.find()) {
            statistics.put(lines.group(1), Long.parseLong(lines.group(2)));
        }
        return statistics;
    }
}
