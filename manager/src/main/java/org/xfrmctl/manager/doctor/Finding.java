package org.xfrmctl.manager.doctor;

import java.util.List;

/**
 * Something that is wrong.
 *
 * @param rule the name of what found it
 * @param what is wrong, in one line
 * @param evidence what was seen, a line each, as {@code ip} writes it
 * @param why it is wrong: the rule behind it, with its source
 * @param fixes what mends it; one of them is enough
 */
public record Finding(Severity severity, String rule, String what, List<String> evidence, String why, List<Fix> fixes) {
    public Finding {
        evidence = List.copyOf(evidence);
        fixes = List.copyOf(fixes);
    }

    /** What mends it. */
    public sealed interface Fix {
        /** For a shell, as root. */
        record Command(String line) implements Fix {}

        /** What no command of this host does. */
        record Advice(String text) implements Fix {}

        static Fix command(String line) {
            return new Command(line);
        }

        static Fix advice(String text) {
            return new Advice(text);
        }
    }
}
