package org.xfrmctl.manager.migrate.draft;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and volumes with their units, as seconds, bytes or packets. */
public final class Amounts {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");
    private static final Map<String, Long> TIMES =
            Map.of("", 1L, "s", 1L, "m", 60L, "h", 3600L, "d", 86_400L, "w", 604_800L);
    private static final Map<String, Integer> SHIFTS = Map.ofEntries(
            Map.entry("", 0),
            Map.entry("k", 10),
            Map.entry("m", 20),
            Map.entry("g", 30),
            Map.entry("kib", 10),
            Map.entry("mib", 20),
            Map.entry("gib", 30),
            Map.entry("tib", 40),
            Map.entry("pib", 50));

    private Amounts() {}

    /** Reads an amount of time, or of what has units of 1024; empty if it is none, or too large to be meant. */
    public static Optional<Long> parse(String text, boolean time) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2).toLowerCase(java.util.Locale.ROOT);
        Long factor = time
                ? TIMES.get(unit)
                : Optional.ofNullable(SHIFTS.get(unit))
                        .map(shift -> 1L << shift)
                        .orElse(null);
        if (factor == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
