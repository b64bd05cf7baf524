package org.xfrmctl.cli.colour;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which parts of a command's text have which colour. */
public final class Painting {
    /** A child's name, then how it stands. */
    public static final Painting STATUS = new Painting()
            .with(Colour.HEADING, "^(\\S+): [A-Z]+\\b")
            .with(Colour.GOOD, "^\\S+: (UP)\\b")
            .with(Colour.WARNING, "^\\S+: (PARTIAL|TRAPPED|UNDEFINED)\\b")
            .with(Colour.BAD, "^\\S+: (DOWN|BLOCKED)\\b")
            .with(Colour.WARNING, "^  (! .*)$")
            .with(Colour.ASIDE, "( \\(made by the kernel\\))$");

    /** What comes, goes or changes. */
    public static final Painting PLAN = new Painting()
            .with(Colour.GOOD, "^(\\+ .*)$")
            .with(Colour.BAD, "^(- .*)$")
            .with(Colour.WARNING, "^(~ .*)$")
            .with(Colour.ASIDE, "^(nothing.* to do)$");

    /** A name above its table. */
    public static final Painting COUNTERS = new Painting()
            .with(Colour.HEADING, "^(.+)$(?=\\nstate  )")
            .with(Colour.ASIDE, "^(state  .*)$")
            .with(Colour.BAD, "(\\d+ (?:too late for the replay window|replayed|not authentic))");

    /** Names, and states that are not there. */
    public static final Painting FLOW = new Painting()
            .with(Colour.HEADING, "\\A(.+)$|(?<=\\n\\n)(\\S+/\\S+|.+, reqid \\d+)$")
            .with(Colour.BAD, "([A-Za-z]+ is missing)");

    /** Severities and commands that mend. */
    public static final Painting FINDINGS = new Painting()
            .with(Colour.BAD, "^(error):")
            .with(Colour.WARNING, "^(warning):")
            .with(Colour.ASIDE, "^(note):")
            .with(Colour.ASIDE, "^  (seen|why|mend|or):")
            .with(Colour.HEADING, "^  (?:mend|or): +(# .*)$")
            .with(Colour.GOOD, "^(nothing found)$");

    /** A child's MTU, and where the kernel says otherwise. */
    public static final Painting MTU = new Painting()
            .with(Colour.HEADING, "^(\\S+: MTU \\d+)$")
            .with(Colour.ASIDE, "^(part  .*)$")
            .with(Colour.BAD, "^ *(! .*)$");

    /** What becomes of the packet. */
    public static final Painting EXPLANATION = new Painting()
            .with(Colour.BAD, "^verdict +((?:dropped|not sent|too long).*)$")
            .with(Colour.WARNING, "^verdict +(passes,? in clear.*)$")
            .with(Colour.GOOD, "^verdict +(passes.*)$")
            .with(Colour.ASIDE, "^(packet|verdict|policy|template|state|size|mtu|way|counts)(?= )");

    private final List<Rule> rules = new ArrayList<>();

    /** Every group of the pattern that takes part in a match has the colour. */
    private record Rule(Colour colour, Pattern pattern) {}

    private record Span(int end, Colour colour) {}

    private Painting() {}

    private Painting with(Colour colour, String pattern) {
        rules.add(new Rule(colour, Pattern.compile(pattern, Pattern.MULTILINE)));
        return this;
    }

    /** The text with its colours; without them it is what it was. Where two rules meet, the first holds. */
    public String paint(String text) {
        NavigableMap<Integer, Span> spans = new TreeMap<>();
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern.matcher(text);
            while (matcher.find()) {
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    if (matcher.start(group) >= 0 && isFree(spans, matcher.start(group), matcher.end(group))) {
                        spans.put(matcher.start(group), new Span(matcher.end(group), rule.colour));
                    }
                }
            }
        }
        StringBuilder painted = new StringBuilder();
        int at = 0;
        for (Map.Entry<Integer, Span> span : spans.entrySet()) {
            painted.append(text, at, span.getKey())
                    .append(span.getValue().colour.on())
                    .append(text, span.getKey(), span.getValue().end)
                    .append(Colour.off());
            at = span.getValue().end;
        }
        return painted.append(text, at, text.length()).toString();
    }

    private static boolean isFree(NavigableMap<Integer, Span> spans, int start, int end) {
        Map.Entry<Integer, Span> before = spans.lowerEntry(end);
        return before == null || before.getValue().end <= start;
    }
}
