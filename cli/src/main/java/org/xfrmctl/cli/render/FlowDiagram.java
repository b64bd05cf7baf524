package org.xfrmctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterRates;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmState;

/**
 * The way of a child's packets in one direction, from above: what is drawn, and not how. Between each row and the next lies a
 * link.
 */
record FlowDiagram(String title, List<Row> rows, List<Link> links) {
    FlowDiagram {
        rows = List.copyOf(rows);
        links = List.copyOf(links);
        if (links.size() != rows.size() - 1) {
            throw new IllegalArgumentException(links.size() + " links between " + rows.size() + " rows");
        }
    }

    /** One thing, or two beside each other. */
    record Row(List<Cell> cells) {
        Row {
            cells = List.copyOf(cells);
        }

        private static Row of(Cell... cells) {
            return new Row(List.of(cells));
        }

        boolean isFork() {
            return cells.size() == 2;
        }
    }

    /**
     * A thing with its lines of text.
     *
     * @param boxed a state, and not an end or what passes by
     */
    record Cell(List<String> lines, boolean boxed) {
        Cell {
            lines = List.copyOf(lines);
        }
    }

    /** One or two ways on, each with the lines of text at it. */
    record Link(List<List<String>> ways) {
        Link {
            ways = ways.stream().map(List::copyOf).toList();
        }

        private static Link of(List<String> text) {
            return new Link(List.of(text));
        }

        boolean isFork() {
            return ways.size() == 2;
        }
    }

    /** What fits into a terminal of 80 columns. */
    private static final int WIDEST = 70;

    private static final List<String> NOTHING = List.of();
    private static final String AS_IT_WAS = "as they were";

    /** Both directions of a child; {@code rates} is of its table. */
    static List<FlowDiagram> of(ChildSa child, CounterRates rates) {
        return List.of(
                new Collecting(child, rates, Direction.OUT).out(), new Collecting(child, rates, Direction.IN).in());
    }

    /** Collects rows from the top. */
    private static final class Collecting {
        private final ChildSa child;
        private final CounterRates rates;
        private final Direction direction;
        private final List<Row> rows = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();

        Collecting(ChildSa child, CounterRates rates, Direction direction) {
            this.child = child;
            this.rates = rates;
            this.direction = direction;
        }

        FlowDiagram out() {
            rows.add(Row.of(flows(false)));
            boolean counted = false;
            for (String protocol : List.of("IPComp", "ESP", "AH")) {
                List<CounterRates.Row> states = states(protocol);
                if (states.isEmpty()) {
                    continue;
                }
                if (counted && protocol.equals("ESP") && child.compresses()) {
                    links.add(new Link(List.of(List.of("compressed"), List.of(AS_IT_WAS))));
                } else {
                    links.add(Link.of(counted ? NOTHING : total(states)));
                }
                rows.add(Row.of(box(protocol, states, counted || states.size() > 1)));
                counted = true;
            }
            links.add(Link.of(NOTHING));
            rows.add(Row.of(gateways()));
            return new FlowDiagram("out", rows, links);
        }

        FlowDiagram in() {
            rows.add(Row.of(gateways()));
            for (String protocol : List.of("AH", "ESP")) {
                List<CounterRates.Row> states = states(protocol);
                if (!states.isEmpty()) {
                    links.add(Link.of(NOTHING));
                    rows.add(Row.of(box(protocol, states, true)));
                }
            }
            List<CounterRates.Row> compressed = states("IPComp");
            if (compressed.isEmpty()) {
                links.add(Link.of(NOTHING));
            } else {
                List<CounterRates.Row> companion = states("IPIP");
                links.add(new Link(List.of(List.of("compressed"), List.of(AS_IT_WAS))));
                rows.add(Row.of(
                        box("IPComp", compressed, compressed.size() > 1),
                        companion.isEmpty()
                                ? new Cell(List.of("nothing counts these"), false)
                                : box("IPIP", companion, false)));
                links.add(new Link(List.of(total(compressed), companion.isEmpty() ? NOTHING : total(companion))));
            }
            rows.add(Row.of(flows(true)));
            return new FlowDiagram("in", rows, links);
        }

        private List<CounterRates.Row> states(String protocol) {
            return rates.rows().stream()
                    .filter(rate -> rate.row().label().equals(protocol + " " + direction))
                    .toList();
        }

        /** What is protected, from whom to whom. */
        private Cell flows(boolean reversed) {
            List<String> lines = child.selectors().stream()
                    .map(selector -> flow(selector, reversed))
                    .distinct()
                    .flatMap(line -> fitting(line).stream())
                    .toList();
            return new Cell(lines.isEmpty() ? List.of("no policy leads here") : lines, false);
        }

        /** Two addresses of IPv6 do not fit beside each other. */
        private static List<String> fitting(String ends) {
            int middle = ends.indexOf(" to ");
            return ends.length() <= WIDEST || middle < 0
                    ? List.of(ends)
                    : List.of(ends.substring(0, middle), ends.substring(middle + 1));
        }

        private static String flow(Selector selector, boolean reversed) {
            String from = (reversed ? selector.destination() : selector.source()).toString();
            String to = (reversed ? selector.source() : selector.destination()).toString();
            String all = selector.toString();
            String ends = "src " + selector.source() + " dst " + selector.destination();
            return from + " to " + to + (reversed ? "" : all.substring(ends.length()));
        }

        private Cell gateways() {
            return new Cell(
                    fitting(child.members(direction).stream()
                            .flatMap(member -> member.state().stream())
                            .map(state -> state.source() + " to " + state.id().destination())
                            .findFirst()
                            .orElse("no state")),
                    false);
        }

        private static Cell box(String protocol, List<CounterRates.Row> states, boolean counts) {
            List<String> lines = new ArrayList<>();
            for (CounterRates.Row rate : states) {
                CounterTable.Row row = rate.row();
                Optional<XfrmState> state = row.state();
                lines.add(protocol + " "
                        + state.map(each -> each.id().spi() + (each.mode().equals(Mode.TUNNEL) ? " tunnel" : ""))
                                .orElse("is missing"));
                if (counts) {
                    lines.addAll(counts(List.of(rate)));
                }
                CountersText.refused(row).forEach(part -> lines.add("refused: " + part));
            }
            return new Cell(lines, true);
        }

        /** What all of them have counted; with new keys there are several. */
        private static List<String> total(List<CounterRates.Row> states) {
            if (states.size() <= 1) {
                return counts(states);
            }
            long packets = 0;
            long bytes = 0;
            for (CounterRates.Row rate : states) {
                LifetimeCurrent counted = rate.row().counters().orElse(LifetimeCurrent.NONE);
                packets += counted.packets();
                bytes += counted.bytes();
            }
            return List.of(Count.of(packets, "packet") + ", " + Count.of(bytes, "byte"));
        }

        private static List<String> counts(List<CounterRates.Row> states) {
            return states.stream()
                    .flatMap(rate -> rate.row().counters().stream().map(counted -> counts(rate, counted)))
                    .toList();
        }

        private static String counts(CounterRates.Row rate, LifetimeCurrent counted) {
            return Count.of(counted.packets(), "packet") + ", " + Count.of(counted.bytes(), "byte")
                    + rate.speed()
                            .map(speed -> String.format(Locale.ROOT, ", %.0f bytes/s", speed.bytes()))
                            .orElse("");
        }
    }
}
