package org.xfrmctl.model.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that someone probably meant. */
public final class Names {
    private Names() {}

    /** The nearest of {@code known}, if it is near enough to be a typing error of {@code text}. */
    public static Optional<String> nearest(String text, Collection<String> known) {
        if (text.length() > 60) {
            return Optional.empty();
        }
        String folded = folded(text);
        return known.stream()
                .filter(name -> distance(folded, folded(name)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(folded, folded(name))));
    }

    /** Case and the kind of dash are what people mix up most. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Edits (insert, delete, replace, swap neighbours) that lead from one text to the other. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
