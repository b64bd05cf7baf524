package org.xfrmctl.it.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The block of docs/PMTU.md that holds what came of the cases. */
final class MtuTable {
    static final String BEGIN = "<!-- MtuIT writes what follows -->\n";
    static final String END = "<!-- MtuIT ends here -->\n";

    private static final List<String> SETTINGS =
            List.of("transport 4in4", "transport 6in6", "tunnel 4in4", "tunnel 6in6");
    private static final List<String> OPTIONS = List.of("", " udp", " ipcomp");

    private final Map<String, String> outcomes;

    /** Takes the outcome of each case by its text. */
    MtuTable(Map<String, String> outcomes) {
        this.outcomes = outcomes;
    }

    String text() {
        StringBuilder text = new StringBuilder(BEGIN);
        List<String> heads =
                new ArrayList<>(List.of("", "IPv4 transport", "IPv6 transport", "IPv4 tunnel", "IPv6 tunnel"));
        row(heads, text);
        text.append("| --- | --- | --- | --- | --- |\n");
        InteropCase.all().stream().map(InteropCase::suite).distinct().forEach(suite -> row(cells(suite), text));
        return text.append(END).toString();
    }

    private List<String> cells(String suite) {
        List<String> cells = new ArrayList<>(List.of(suite));
        for (String setting : SETTINGS) {
            List<String> numbers = new ArrayList<>();
            for (String option : OPTIONS) {
                String outcome = outcomes.getOrDefault(suite + ": " + setting + option, "not tried");
                numbers.add(outcome.startsWith(InteropCase.REFUSED) ? "–" : outcome);
            }
            cells.add(String.join(" / ", numbers));
        }
        return cells;
    }

    private static void row(List<String> cells, StringBuilder text) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** The page with its block exchanged. */
    String in(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page has no lines " + BEGIN + "and " + END);
        }
        return page.substring(0, begin) + text() + page.substring(end + END.length());
    }
}
