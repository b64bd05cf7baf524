package org.xfrmctl.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a scrape, read as strictly as its format is written down: a series once, all of a metric together behind its HELP
 * and TYPE, only the escapes that there are.
 */
public record Exposition(Map<String, Double> samples, Map<String, String> types) {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\n\"])*\"";
    private static final Pattern SAMPLE = Pattern.compile(
            "((" + NAME + ")(?:\\{" + LABEL + "(?:," + LABEL + ")*\\})?) (-?[0-9]+(?:\\.[0-9]+(?:E-?[0-9]+)?)?)");
    private static final Pattern HEADER = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");

    public static Exposition read(String text) {
        assertThat(text).endsWith("\n");
        Map<String, Double> samples = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        Set<String> helped = new LinkedHashSet<>();
        String current = "";
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                current = header.group(2);
                if (header.group(1).equals("HELP")) {
                    assertThat(helped.add(current)).as(line).isTrue();
                } else {
                    assertThat(helped).contains(current);
                    assertThat(types.put(current, header.group(3))).as(line).isNull();
                }
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(sample.group(2)).as(line).isEqualTo(current);
                assertThat(samples.put(sample.group(1), Double.valueOf(sample.group(3))))
                        .as("twice: " + line)
                        .isNull();
            }
        }
        assertThat(types.keySet()).isEqualTo(helped);
        return new Exposition(samples, types);
    }

    /** The value of a series as it is written. */
    public double value(String series) {
        assertThat(samples).containsKey(series);
        return samples.getOrDefault(series, Double.NaN);
    }
}
