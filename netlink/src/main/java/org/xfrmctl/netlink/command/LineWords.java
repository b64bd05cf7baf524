package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The words of a line as {@code ip -batch} cuts them: white space between them; one that begins with {@code "} or {@code
 * '} goes to the next such quote, and what follows that is another word. Nothing else is special. Reused from line to
 * line.
 */
final class LineWords {
    private final List<String> words = new ArrayList<>();
    private final List<String> view = Collections.unmodifiableList(words);
    /** Where each word begins, and behind them where the last one ends. */
    private int[] places = new int[64];

    /**
     * Cuts a line.
     *
     * @throws CommandException if a quote does not end
     */
    void read(String line) {
        words.clear();
        int at = skipSpace(line, 0);
        mark(at);
        while (at < line.length()) {
            mark(at);
            int end = take(line, at);
            mark(end);
            at = skipSpace(line, end);
        }
    }

    /** The next word begins here, or would if there were one. */
    private void mark(int at) {
        if (words.size() == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[words.size()] = at;
    }

    /** Where the word ends that begins at {@code from}. */
    private int take(String line, int from) {
        char first = line.charAt(from);
        if (first == '"' || first == '\'') {
            int quote = line.indexOf(first, from + 1);
            if (quote < 0) {
                throw new CommandException(
                        words.size() + 1, "a quote " + first + " begins here and does not end in this line");
            }
            words.add(line.substring(from + 1, quote));
            return quote + 1;
        }
        int end = from + 1;
        while (end < line.length() && !isSpace(line.charAt(end))) {
            end++;
        }
        words.add(line.substring(from, end));
        return end;
    }

    private static int skipSpace(String line, int from) {
        int at = from;
        while (at < line.length() && isSpace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The words of the last line read; they change with the next one. */
    List<String> words() {
        return view;
    }

    /** Where a word begins, which is counted from 1; for one that is missing at the end, where the last one ends. */
    int place(int word) {
        return places[Math.min(word - 1, words.size())];
    }
}
