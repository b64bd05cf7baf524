package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a script as a shell cuts it, but that nothing is put in place of a variable.
 *
 * @param words without the quotes
 * @param isWhole whether there was nothing that only a shell could read: variables, commands in commands, pipes
 */
record ShellWords(List<String> words, boolean isWhole) {
    private static final String SPECIAL = "$`;|&<>()";

    ShellWords {
        words = List.copyOf(words);
    }

    static ShellWords of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        boolean whole = true;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    whole &= quote == '\'' || (c != '$' && c != '`');
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                begun = true;
            } else if (Character.isWhitespace(c) || (c == '#' && !begun)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
                if (c == '#') {
                    break;
                }
            } else {
                // Names of algorithms have brackets: rfc4106(gcm(aes)), as batches have them.
                whole &= SPECIAL.indexOf(c) < 0 || ((c == '(' || c == ')') && begun);
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return new ShellWords(words, whole && quote == 0);
    }
}
