package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.definition.Place;

/**
 * The lines of a batch file as {@code ip -batch} joins them: a {@code #} ends a line, wherever it stands; a backslash at
 * the very end of one, with no {@code #} before it, continues it with the next.
 */
final class BatchLines {
    private final String file;
    private final String text;
    private int next;
    private int number;
    private String line = "";
    private int nextComment = -1;
    private boolean continued;
    private final List<Part> parts = new ArrayList<>();

    /** A line of the file within the one that it belongs to. */
    private record Part(int from, int number) {}

    BatchLines(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Goes on to the next line, if there is one. */
    boolean advance() {
        if (next >= text.length()) {
            return false;
        }
        parts.clear();
        line = part(0);
        if (continued) {
            StringBuilder whole = new StringBuilder(line);
            while (continued && next < text.length()) {
                whole.append(part(whole.length()));
            }
            line = whole.toString();
        }
        return true;
    }

    /** Whether the file ends where the current line ought to be continued. */
    boolean isCutOff() {
        return continued;
    }

    /** Takes a line of the file, without comment, backslash and end. */
    private String part(int from) {
        number++;
        parts.add(new Part(from, number));
        int newline = text.indexOf('\n', next);
        int end = newline < 0 ? text.length() : newline;
        int until = Math.min(end, comment());
        continued = until == newline && until > next && text.charAt(until - 1) == '\\';
        String part = text.substring(next, continued ? until - 1 : until);
        next = end + 1;
        return part;
    }

    /** Where the next comment begins; looked for once for all lines before it. */
    private int comment() {
        if (nextComment < next) {
            int hash = text.indexOf('#', next);
            nextComment = hash < 0 ? text.length() : hash;
        }
        return nextComment;
    }

    /** The current line, joined. */
    String line() {
        return line;
    }

    /** The number of the file's line that the current one begins in. */
    int number() {
        return parts.get(0).number;
    }

    /** Where in the file a character of the current line stands. */
    Place place(int at) {
        int i = parts.size() - 1;
        while (parts.get(i).from > at) {
            i--;
        }
        return new Place(file, parts.get(i).number, at - parts.get(i).from + 1, "");
    }
}
