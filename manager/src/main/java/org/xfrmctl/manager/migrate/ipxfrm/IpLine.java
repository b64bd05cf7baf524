package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the command of {@code ip xfrm} in the words of a line. */
final class IpLine {
    private IpLine() {}

    /**
     * The words from {@code state} or {@code policy} on, with the family where the line says one; empty if the line is no such
     * command, or one in another network namespace.
     */
    static Optional<List<String>> command(List<String> line) {
        List<String> words = new ArrayList<>(line);
        if (words.get(0).equals("sudo")) {
            words.remove(0);
        }
        List<String> command = new ArrayList<>();
        if (!words.isEmpty() && (words.get(0).equals("ip") || words.get(0).endsWith("/ip"))) {
            words.remove(0);
            while (!words.isEmpty() && words.get(0).startsWith("-")) {
                String option = words.remove(0);
                if (option.equals("-4") || option.equals("-6")) {
                    command.addAll(List.of("ip", option));
                } else if (option.equals("-n") || option.startsWith("-net")) {
                    return Optional.empty();
                }
            }
            if (words.isEmpty() || !isShort(words.get(0), "xfrm")) {
                return Optional.empty();
            }
        }
        if (!words.isEmpty() && isShort(words.get(0), "xfrm")) {
            words.remove(0);
        }
        boolean object = words.size() > 1
                && (isShort(words.get(0), "state")
                        || isShort(words.get(0), "policy")
                        || words.get(0).equals("sa"));
        if (!object) {
            return Optional.empty();
        }
        command.addAll(words);
        return Optional.of(command);
    }

    private static boolean isShort(String word, String whole) {
        return !word.isEmpty() && whole.startsWith(word);
    }
}
