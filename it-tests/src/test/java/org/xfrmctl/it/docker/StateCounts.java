package org.xfrmctl.it.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What states have counted, as {@code ip -s xfrm state} tells it or as we do. The key is source, destination and
 * SPI, in the words of {@code ip}.
 */
record StateCounts(Map<String, Count> byState) {
    private static final Pattern STATE = Pattern.compile("(?m)^src (\\S+) dst (\\S+)$");
    private static final Pattern NAME = Pattern.compile("proto (\\S+) spi (0x[0-9a-f]{8})");
    private static final Pattern CURRENT =
            Pattern.compile("lifetime current:\\s+(\\d+)\\(bytes\\), (\\d+)\\(packets\\)");

    StateCounts {
        byState = new TreeMap<>(byState);
    }

    record Count(long bytes, long packets) {}

    /** From what {@code ip -s xfrm state} has printed. */
    static StateCounts ofIp(String text) {
        Map<String, Count> counts = new TreeMap<>();
        Matcher states = STATE.matcher(text);
        Matcher name = NAME.matcher(text);
        Matcher current = CURRENT.matcher(text);
        while (states.find()) {
            if (!name.find(states.end()) || !current.find(name.end())) {
                throw new AssertionError("not what ip -s xfrm state prints:\n" + text);
            }
            counts.put(
                    key(states.group(1), states.group(2), name.group(2)),
                    new Count(Long.parseLong(current.group(1)), Long.parseLong(current.group(2))));
        }
        return new StateCounts(counts);
    }

    /** From what {@code counters --json} has printed; a row without a state has no place here. */
    static StateCounts ofCounters(JsonNode children) {
        Map<String, Count> counts = new TreeMap<>();
        children.forEach(child -> child.path("rows").forEach(row -> {
            if (row.has("bytes")) {
                counts.put(
                        key(
                                row.path("src").asText(),
                                row.path("dst").asText(),
                                row.path("spi").asText()),
                        count(row));
            }
        }));
        return new StateCounts(counts);
    }

    /** Those that have counted a packet: with derived keys there are states of epochs that wait, which are no rows of ours. */
    StateCounts used() {
        Map<String, Count> used = new TreeMap<>(byState);
        used.values().removeIf(count -> count.packets() == 0);
        return new StateCounts(used);
    }

    static Count count(JsonNode row) {
        return new Count(row.path("bytes").asLong(), row.path("packets").asLong());
    }

    private static String key(String source, String destination, String spi) {
        return source + " " + destination + " " + spi;
    }
}
