package org.xfrmctl.manager.migrate.swanctl;

import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Place;

/** The characters of a text with their places, and the pieces that the format is made of. No message shows a character. */
final class ConfScanner {
    static final int END = -1;

    private static final String NOT_IN_NAMES = "#{}:.,=\"\r\n\t ";

    private final SourceText source;
    private int at;
    private int line = 1;
    private int column = 1;

    ConfScanner(SourceText source) {
        this.source = source;
    }

    SourceText source() {
        return source;
    }

    Place place() {
        return source.place(line, column);
    }

    int peek() {
        return at < source.text().length() ? source.text().charAt(at) : END;
    }

    int take() {
        int c = peek();
        if (c != END) {
            at++;
            column++;
            if (c == '\n') {
                line++;
                column = 1;
            }
        }
        return c;
    }

    boolean takeIf(char expected) {
        boolean there = peek() == expected;
        if (there) {
            take();
        }
        return there;
    }

    /** Passes over blanks and, to its end, a comment; over ends of lines too if {@code lines}. */
    void skip(boolean lines) {
        while (true) {
            int c = peek();
            if (c == '#') {
                while (peek() != '\n' && peek() != END) {
                    take();
                }
            } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
                take();
            } else {
                return;
            }
        }
    }

    /** Takes a name; an empty one if none begins here. */
    String name() {
        int from = at;
        while (peek() != END && NOT_IN_NAMES.indexOf(peek()) < 0) {
            take();
        }
        return source.text().substring(from, at);
    }

    /**
     * Takes a value, to the end of the line: words and quoted strings, with one blank between two.
     *
     * @throws ConfigException if a quote does not end
     */
    String value() {
        StringBuilder value = new StringBuilder();
        while (true) {
            skip(false);
            int c = peek();
            if (c == END || c == '\n' || c == '}') {
                return value.toString();
            }
            if (!value.isEmpty()) {
                value.append(' ');
            }
            value.append(c == '"' ? quoted() : word("#}\"\r\n\t "));
        }
    }

    /** Takes the pattern behind {@code include}: a quoted string, or a word in which a backslash takes the next as it is. */
    String pattern() {
        skip(false);
        if (peek() == '"') {
            return quoted();
        }
        StringBuilder pattern = new StringBuilder();
        while (peek() != END && "#}\r\n\t \"".indexOf(peek()) < 0) {
            if (takeIf('\\') && peek() == END) {
                break;
            }
            pattern.appendCodePoint(take());
        }
        return pattern.toString();
    }

    private String word(String ends) {
        int from = at;
        while (peek() != END && ends.indexOf(peek()) < 0) {
            take();
        }
        return source.text().substring(from, at);
    }

    private String quoted() {
        Place begin = place();
        take();
        StringBuilder text = new StringBuilder();
        while (true) {
            int c = take();
            if (c == END) {
                throw new ConfigException(begin, "a quote begins here and does not end; add one");
            }
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\') {
                escape(text);
            } else if (c != '\r') {
                text.append((char) c);
            }
        }
    }

    private void escape(StringBuilder text) {
        takeIf('\r');
        int c = take();
        switch (c) {
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case '\n', END -> {
                // The line goes on with the next one.
            }
            default -> text.append((char) c);
        }
    }
}
