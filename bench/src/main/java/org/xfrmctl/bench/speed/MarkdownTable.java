package org.xfrmctl.bench.speed;

import java.util.ArrayList;
import java.util.List;

/** A table as it stands in docs/BENCHMARKS.md. */
final class MarkdownTable {
    private final int columns;
    private final StringBuilder text = new StringBuilder();

    /** The first {@code words} columns hold words, the others numbers, which stand to the right. */
    MarkdownTable(int words, String... heads) {
        this.columns = heads.length;
        row(heads);
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < heads.length; i++) {
            rule.add(i < words ? "---" : "---:");
        }
        append(rule);
    }

    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        append(List.of(cells));
    }

    private void append(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
