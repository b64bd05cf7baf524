package org.xfrmctl.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Columns for a terminal: as wide as their widest cell, two blanks apart, no blanks at line ends. */
public final class TextTable {
    /** No line gets longer than this, if its words allow it. */
    private static final int WIDTH = 80;

    private static final int NARROWEST = 30;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column's heading, and whether its cells are numbers, which stand at the right. */
    public record Column(String heading, boolean number) {
        public static Column text(String heading) {
            return new Column(heading, false);
        }

        public static Column number(String heading) {
            return new Column(heading, true);
        }
    }

    public TextTable(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with one cell for each column. */
    public TextTable row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The lines of the table, each ended by a line feed. A long last cell goes on below itself. */
    public String print() {
        StringBuilder text = new StringBuilder();
        appendRow(text, columns.stream().map(Column::heading).toList());
        rows.forEach(row -> appendRow(text, row));
        return text.toString();
    }

    private void appendRow(StringBuilder text, List<String> cells) {
        StringBuilder line = new StringBuilder();
        int last = columns.size() - 1;
        for (int i = 0; i < last; i++) {
            line.append(padded(i, cells.get(i))).append("  ");
        }
        int indent = line.length();
        List<String> parts = columns.get(last).number()
                ? List.of(padded(last, cells.get(last)))
                : wrapped(cells.get(last), Math.max(NARROWEST, WIDTH - indent));
        text.append((line + parts.get(0)).stripTrailing()).append('\n');
        parts.stream()
                .skip(1)
                .forEach(part -> text.append(" ".repeat(indent)).append(part).append('\n'));
    }

    private String padded(int column, String cell) {
        String blanks = " ".repeat(width(column) - cell.length());
        return columns.get(column).number() ? blanks + cell : cell + blanks;
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width && rest.lastIndexOf(' ', width) > 0) {
            int end = rest.lastIndexOf(' ', width);
            lines.add(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        lines.add(rest);
        return lines;
    }

    private int width(int column) {
        int width = columns.get(column).heading().length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
