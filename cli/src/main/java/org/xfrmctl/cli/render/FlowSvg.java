package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterRates;

/** The same as {@link FlowText} as a picture (SVG 1.1). Lengths are in pixels. */
public final class FlowSvg {
    private static final int LINE = 18;
    private static final int WIDTH = 640;
    private static final int MARGIN = 20;
    private static final int GAP = 20;
    private static final int HALF = (WIDTH - 2 * MARGIN - GAP) / 2;
    private static final int LEFT = MARGIN + HALF / 2;
    private static final int RIGHT = WIDTH - MARGIN - HALF / 2;
    private static final int MIDDLE = WIDTH / 2;
    private static final int PADDING = 6;
    private static final int ARROW = 8;

    private final StringBuilder body = new StringBuilder();
    private int y = MARGIN;

    private FlowSvg() {}

    /** All of them, one below the other. */
    public static String print(List<ChildSa> children, List<CounterRates> rates) {
        FlowSvg svg = new FlowSvg();
        IntStream.range(0, children.size()).forEach(i -> svg.child(children.get(i), rates.get(i)));
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d"
                     font-family="monospace" font-size="13" fill="none" stroke="#345" stroke-width="1.2">
                <rect width="%1$d" height="%2$d" fill="#fff" stroke="none"/>
                %3$s</svg>
                """, WIDTH, svg.y + MARGIN, svg.body);
    }

    private void child(ChildSa child, CounterRates rates) {
        text(MARGIN, List.of(child.name()), "start", "bold");
        for (FlowDiagram diagram : FlowDiagram.of(child, rates)) {
            y += LINE;
            draw(diagram);
        }
        y += LINE;
    }

    private void draw(FlowDiagram diagram) {
        for (int i = 0; i < diagram.rows().size(); i++) {
            if (i > 0) {
                link(diagram.links().get(i - 1), diagram.rows().get(i));
            } else {
                int top = y;
                text(MARGIN, List.of(diagram.title()), "start", "bold");
                y = top;
            }
            row(diagram.rows().get(i));
        }
    }

    private void row(FlowDiagram.Row row) {
        int top = y;
        int lines =
                row.cells().stream().mapToInt(cell -> cell.lines().size()).max().orElse(0);
        int height = lines * LINE + (row.cells().get(0).boxed() ? 2 * PADDING : 0);
        for (int i = 0; i < row.cells().size(); i++) {
            FlowDiagram.Cell cell = row.cells().get(i);
            int from = i == 0 ? MARGIN : MARGIN + HALF + GAP;
            y = top;
            if (cell.boxed()) {
                add(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"#eef3f9\"/>",
                        from, y, row.isFork() ? HALF : WIDTH - 2 * MARGIN, height);
                y += PADDING;
                text(from + 10, cell.lines(), "start", "normal");
            } else if (row.isFork()) {
                add("<path d=\"M%d %dv%d\"/>", RIGHT, top, height);
                text(RIGHT + 8, cell.lines(), "start", "normal");
            } else {
                text(MIDDLE, cell.lines(), "middle", "normal");
            }
        }
        y = top + height;
    }

    private void link(FlowDiagram.Link link, FlowDiagram.Row below) {
        int top = y;
        int lines = link.ways().stream().mapToInt(List::size).max().orElse(0);
        boolean end = !below.cells().get(0).boxed() && !below.isFork();
        int height = LINE * (lines + 1) + (end ? 2 * ARROW : 0);
        List<Integer> places = link.isFork() ? List.of(LEFT, RIGHT) : List.of(MIDDLE);
        for (int way = 0; way < places.size(); way++) {
            int x = places.get(way);
            if (end) {
                add("<path d=\"M%d %dV%dH%dv%d\"/>", x, top, top + height - 2 * ARROW, MIDDLE, ARROW);
            } else {
                add("<path d=\"M%d %dv%d\"/>", x, top, height);
            }
            y = top + LINE / 3;
            text(x + 8, link.ways().get(way), "start", "normal");
        }
        if (end) {
            add("<path d=\"M%d %dl-4 -%dh8z\" fill=\"#345\"/>", MIDDLE, top + height, ARROW);
        }
        y = top + height;
    }

    private void text(int x, List<String> lines, String anchor, String weight) {
        for (String line : lines) {
            y += LINE;
            add(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\" fill=\"#123\" stroke=\"none\">%s</text>",
                    x, y - 5, anchor, weight, escaped(line));
        }
    }

    private void add(String format, Object... arguments) {
        body.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
