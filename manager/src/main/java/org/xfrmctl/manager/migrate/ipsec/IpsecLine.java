package org.xfrmctl.manager.migrate.ipsec;

import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.Place;

/**
 * A line without its comment, and with the lines that it goes on in: a quote or a brace that is open at the end does that.
 *
 * @param number of the line in which it begins
 */
record IpsecLine(SourceText source, int number, String text) {
    /** What stands before a comment. An id may begin with {@code @#}, which begins none. */
    String content() {
        int end = end();
        return text.substring(0, end);
    }

    private int end() {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '#' && !quoted && (i == 0 || text.charAt(i - 1) != '@')) {
                return i;
            }
        }
        return text.length();
    }

    boolean isOpen() {
        String content = content();
        long quotes = content.chars().filter(c -> c == '"').count();
        long opened = content.chars().filter(c -> c == '{').count();
        long closed = content.chars().filter(c -> c == '}').count();
        return quotes % 2 == 1 || opened > closed;
    }

    IpsecLine with(String next) {
        return new IpsecLine(source, number, content() + " " + next.strip());
    }

    int indent() {
        int indent = 0;
        while (indent < text.length() && (text.charAt(indent) == ' ' || text.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }

    Place place(int at) {
        return source.place(number, at + 1);
    }

    /** A value without its quotes or braces. */
    static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        boolean braced = value.length() > 1 && value.startsWith("{") && value.endsWith("}");
        return quoted || braced ? value.substring(1, value.length() - 1).strip() : value;
    }

    /** A line may hold a secret. */
    @Override
    public String toString() {
        return place(0).toString();
    }
}
