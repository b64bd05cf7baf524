package org.xfrmctl.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A table of what a kernel showed, done again: each line is said once more, of ours, in the order and words of the table. Lines
 * that nothing here can say are listed with their reasons (excluded.tsv), so that what is said and what is excluded
 * are together all of the file.
 */
public final class CapturedTable {
    /** The tables. */
    public static final Path RESULTS = Path.of("src/test/resources/org/xfrmctl/datapath/results");

    private static final Path EXCLUDED = Path.of("src/test/resources/org/xfrmctl/datapath/excluded.tsv");

    private record Line(int number, String text) {}

    private final List<Line> expected = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private final UnaryOperator<String> mask;
    private final String name;
    private int rows;
    private int excluded;
    private int next;

    private CapturedTable(String name, UnaryOperator<String> mask) {
        this.name = name;
        this.mask = mask;
    }

    /**
     * Reads a table.
     *
     * @param mask blanks what differs from run to run, in the kernel's lines and in ours
     */
    public static CapturedTable of(String name, UnaryOperator<String> mask) {
        CapturedTable table = new CapturedTable(name, mask);
        Set<Integer> without = new TreeSet<>();
        List<String> lines = new ArrayList<>(read(RESULTS.resolve(name)));
        for (String line : read(EXCLUDED)) {
            if (line.startsWith(name + "\t")) {
                String[] fields = line.split("\t", -1);
                String[] range = fields[1].split("-", -1);
                for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[range.length - 1]); i++) {
                    if (fields.length > 3) {
                        assertThat(lines.get(i - 1))
                                .as("line %d of %s", i, name)
                                .contains(fields[3]);
                        lines.set(i - 1, lines.get(i - 1).replaceFirst(Pattern.quote(fields[3]), ""));
                    } else {
                        assertThat(without.add(i))
                                .as("line %d once in %s", i, line)
                                .isTrue();
                    }
                }
            }
        }
        for (int i = 1; i <= lines.size(); i++) {
            if (lines.get(i - 1).isBlank()) {
                continue;
            }
            table.rows++;
            if (without.contains(i)) {
                table.excluded++;
            } else {
                table.expected.add(new Line(i, lines.get(i - 1)));
            }
        }
        assertThat(table.excluded)
                .as("excluded lines of %s exist and are not empty", name)
                .isEqualTo(without.size());
        return table;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel's words of the next line. */
    public String next() {
        return next < expected.size() ? expected.get(next).text() : "";
    }

    /** Says the next line, of ours. */
    public void say(String ours) {
        if (next >= expected.size()) {
            differences.add("more than the table has: " + ours);
            return;
        }
        Line line = expected.get(next++);
        String theirs = normal(line.text());
        if (!normal(ours).equals(theirs)) {
            differences.add(String.format("line %d%n  kernel: %s%n  ours:   %s", line.number(), theirs, normal(ours)));
        }
    }

    /** Says several lines. */
    public void sayAll(List<String> ours) {
        ours.forEach(this::say);
    }

    private String normal(String line) {
        return mask.apply(line).strip().replaceAll("\\s+", " ");
    }

    /** To be called when all is said: nothing differed, and nothing was left out. */
    public void assertSame() {
        assertThat(String.join("\n", differences)).as(name).isEmpty();
        assertThat(next + excluded)
                .as("lines of %s that were done again or excluded", name)
                .isEqualTo(rows);
    }
}
