package org.xfrmctl.cli.manual;

import java.util.Locale;

/** A page in the language of {@code man(7)}, a line for each request or sentence. */
final class Roff {
    private final StringBuilder page = new StringBuilder();
    private boolean behindHeading;

    /**
     * Begins a page.
     *
     * @param date as 2026-11-26
     */
    Roff(String name, int section, String date, String source) {
        page.append(".TH \"" + escaped(name.toUpperCase(Locale.ROOT)) + "\" \"" + section + "\" \"" + date + "\" \""
                + escaped(source) + "\" \"Manual of xfrmctl\"\n");
    }

    /** Text that is printed as it is: no character of it is an instruction, and a dash can be copied into a shell. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '"' -> escaped.append("\\(dq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                default -> {
                    if (character < 0x80) {
                        escaped.append((char) character);
                    } else {
                        escaped.append("\\[u%04X]".formatted(character));
                    }
                }
            }
        });
        return escaped.toString();
    }

    static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    Roff section(String title) {
        page.append(".SH \"" + title + "\"\n");
        behindHeading = true;
        return this;
    }

    Roff subsection(String title) {
        page.append(".SS \"" + escaped(title) + "\"\n");
        behindHeading = true;
        return this;
    }

    /** Begins a paragraph; behind a heading there is one already. */
    Roff paragraph() {
        if (!behindHeading) {
            page.append(".PP\n");
        }
        return this;
    }

    /** Something that is explained: {@code tag} is roff already, the explanation is what comes next. */
    Roff tagged(String tag) {
        page.append(".TP\n");
        return raw(tag);
    }

    /** A further paragraph of an explanation. */
    Roff more() {
        page.append(".IP\n");
        return this;
    }

    Roff text(String text) {
        return raw(escaped(text));
    }

    /** Roff as it is; what begins with a dot or an apostrophe is text all the same. */
    Roff raw(String roff) {
        page.append(roff.startsWith(".") || roff.startsWith("'") ? "\\&" : "")
                .append(roff)
                .append('\n');
        behindHeading = false;
        return this;
    }

    /** Lines that stay lines. */
    Roff lines(Iterable<String> lines) {
        paragraph();
        page.append(".nf\n.RS 4\n");
        lines.forEach(this::text);
        page.append(".RE\n.fi\n");
        return this;
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
