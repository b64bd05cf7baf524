package org.xfrmctl.cli.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterRates;

/** A child's way through its states as a drawing of 80 columns. */
public final class FlowText {
    private static final int HALF = 34;
    private static final int GAP = 3;
    private static final int MARGIN = 2;
    private static final int WHOLE = 2 * HALF + GAP;
    private static final int LEFT = MARGIN + HALF / 2;
    private static final int RIGHT = MARGIN + HALF + GAP + HALF / 2;
    private static final int MIDDLE = MARGIN + WHOLE / 2;

    private final List<String> lines = new ArrayList<>();

    private FlowText() {}

    /** Both directions, the child's name first; {@code rates} is of its table. */
    public static String print(ChildSa child, CounterRates rates) {
        FlowText text = new FlowText();
        text.lines.add(child.name());
        FlowDiagram.of(child, rates).forEach(text::draw);
        return text.lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
    }

    /** The same for a terminal that has no lines to draw with. */
    public static String ascii(String drawing) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < drawing.length(); i++) {
            char each = drawing.charAt(i);
            text.append(
                    switch (each) {
                        case '│' -> '|';
                        case '─' -> '-';
                        case '▼' -> 'v';
                        case '┌', '┐', '└', '┘', '┬', '┴', '┼' -> '+';
                        default -> each;
                    });
        }
        return text.toString();
    }

    private void draw(FlowDiagram diagram) {
        lines.add("");
        for (int i = 0; i < diagram.rows().size(); i++) {
            FlowDiagram.Row row = diagram.rows().get(i);
            boolean forkAbove = i > 0 && diagram.links().get(i - 1).isFork();
            boolean forkBelow =
                    i < diagram.links().size() && diagram.links().get(i).isFork();
            if (i == 0) {
                row(row, diagram.title(), false, forkBelow);
            } else {
                link(diagram.links().get(i - 1), row);
                row(row, "", forkAbove, forkBelow);
            }
        }
    }

    private void link(FlowDiagram.Link link, FlowDiagram.Row below) {
        int height = Math.max(1, link.ways().stream().mapToInt(List::size).max().orElse(0));
        List<Integer> places = link.isFork() ? List.of(LEFT, RIGHT) : List.of(MIDDLE);
        for (int at = 0; at < height; at++) {
            Line line = new Line();
            for (int way = 0; way < places.size(); way++) {
                line.put(places.get(way), "│");
                if (at < link.ways().get(way).size()) {
                    line.put(places.get(way) + 2, link.ways().get(way).get(at));
                }
            }
            lines.add(line.toString());
        }
        boolean end = !below.cells().get(0).boxed() && !below.isFork();
        if (end && link.isFork()) {
            Line join = new Line();
            join.put(LEFT, "└" + "─".repeat(MIDDLE - LEFT - 1) + "┬" + "─".repeat(RIGHT - MIDDLE - 1) + "┘");
            lines.add(join.toString());
        }
        if (end) {
            lines.add(new Line().put(MIDDLE, "▼").toString());
        }
    }

    private void row(FlowDiagram.Row row, String title, boolean forkAbove, boolean forkBelow) {
        if (row.isFork()) {
            halves(row);
            return;
        }
        FlowDiagram.Cell cell = row.cells().get(0);
        if (!cell.boxed()) {
            for (int i = 0; i < cell.lines().size(); i++) {
                String text = cell.lines().get(i);
                lines.add(new Line()
                        .put(Math.max(5, MIDDLE - text.length() / 2), text)
                        .put(0, i == 0 ? title : "")
                        .toString());
            }
            return;
        }
        lines.add(border(MARGIN, WHOLE, "┌", "┐", "┴", joints(forkAbove)));
        cell.lines()
                .forEach(text -> lines.add(new Line()
                        .put(MARGIN, "│ " + text)
                        .put(MARGIN + WHOLE - 1, "│")
                        .toString()));
        lines.add(border(MARGIN, WHOLE, "└", "┘", "┬", joints(forkBelow)));
    }

    private static List<Integer> joints(boolean fork) {
        return fork ? List.of(LEFT, RIGHT) : List.of(MIDDLE);
    }

    private void halves(FlowDiagram.Row row) {
        List<Line> both = new ArrayList<>();
        int height =
                row.cells().stream().mapToInt(cell -> cell.lines().size()).max().orElse(0) + 2;
        for (int i = 0; i < height; i++) {
            both.add(new Line());
        }
        half(both, row.cells().get(0), MARGIN, LEFT);
        half(both, row.cells().get(1), MARGIN + HALF + GAP, RIGHT);
        both.forEach(line -> lines.add(line.toString()));
    }

    private static void half(List<Line> both, FlowDiagram.Cell cell, int from, int joint) {
        int last = both.size() - 1;
        if (!cell.boxed()) {
            both.forEach(line -> line.put(joint, "│"));
            for (int i = 0; i < cell.lines().size(); i++) {
                both.get(i + 1).put(joint + 2, cell.lines().get(i));
            }
            return;
        }
        both.get(0).put(from, border(0, HALF, "┌", "┐", "┴", List.of(joint - from)));
        for (int i = 1; i < last; i++) {
            String text = i <= cell.lines().size() ? cell.lines().get(i - 1) : "";
            both.get(i).put(from, "│ " + text).put(from + HALF - 1, "│");
        }
        both.get(last).put(from, border(0, HALF, "└", "┘", "┬", List.of(joint - from)));
    }

    private static String border(int from, int width, String begin, String end, String joint, List<Integer> joints) {
        List<String> parts = new ArrayList<>(Collections.nCopies(width, "─"));
        parts.set(0, begin);
        parts.set(width - 1, end);
        joints.forEach(each -> parts.set(each - from, joint));
        return " ".repeat(from) + String.join("", parts);
    }

    /** Text at places. */
    private static final class Line {
        private final StringBuilder text = new StringBuilder();

        Line put(int place, String what) {
            while (text.length() < place + what.length()) {
                text.append(' ');
            }
            text.replace(place, place + what.length(), what);
            return this;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
