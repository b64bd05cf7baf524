package org.xfrmctl.manager.migrate.draft;

import java.util.Set;

/** Makes names of a definition from those of other programs, which may be longer and have more characters. */
public final class ForeignNames {
    /** Of the 63 that a definition takes; what is left is for a number or a direction behind it. */
    private static final int LONGEST = 56;

    private static final int ALLOWED = 63;

    private ForeignNames() {}

    /** The nearest that a definition takes; the same for the same name. */
    public static String of(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]", "-");
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        return cut.isEmpty() ? "unnamed" : cut;
    }

    /** {@code name}, or with a number behind it if it is taken. */
    static String free(String name, Set<String> taken) {
        return free(name, "", taken);
    }

    /** The same, with {@code end} behind the number. */
    static String free(String name, String end, Set<String> taken) {
        String plain = of(name);
        String free = plain + end;
        for (int number = 2; taken.contains(free); number++) {
            String behind = "-" + number + end;
            free = plain.substring(0, Math.min(plain.length(), ALLOWED - behind.length())) + behind;
        }
        return free;
    }
}
