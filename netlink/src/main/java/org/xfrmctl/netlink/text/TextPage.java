package org.xfrmctl.netlink.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Text in the making: collects pieces, ends lines in the chosen way, and writes numbers as C's printf does. */
final class TextPage {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    /** The end of {@link LocalDate}, which is before that of {@link Instant}, less a day for the time zone. */
    private static final long LAST_SECOND = (LocalDate.MAX.toEpochDay() - 1) * 86_400;

    private final StringBuilder text = new StringBuilder();
    private final TextOptions options;

    TextPage(TextOptions options) {
        this.options = options;
    }

    TextOptions options() {
        return options;
    }

    boolean statistics() {
        return options.statistics();
    }

    TextPage put(String piece) {
        text.append(piece);
        return this;
    }

    TextPage put(Object piece) {
        text.append(piece);
        return this;
    }

    /** {@code %u} */
    TextPage unsigned(int bits) {
        return put(Integer.toUnsignedString(bits));
    }

    /** {@code %#x}: zero stands without prefix. */
    TextPage alternateHex(int bits) {
        return put(bits == 0 ? "0" : hex(bits));
    }

    /** {@code 0x%x} */
    TextPage prefixedHex(int bits) {
        return put(hex(bits));
    }

    /** {@code %08x} */
    TextPage wideHex(int bits) {
        return put(paddedTo8(Integer.toHexString(bits)));
    }

    /** Local time, or {@code -} for 0. A time that no calendar has (ip dies of it) is printed as the number it is. */
    TextPage date(long unixSeconds) {
        if (unixSeconds == 0) {
            return put("-");
        }
        if (unixSeconds < -LAST_SECOND || unixSeconds > LAST_SECOND) {
            return put(Long.toUnsignedString(unixSeconds));
        }
        return put(DATE.format(Instant.ofEpochSecond(unixSeconds).atZone(options.zone())));
    }

    /** Ends a line of an object. */
    TextPage newline() {
        text.append(options.oneline() ? '\\' : '\n');
        return this;
    }

    /** Ends the object: a real line break where {@link #newline()} was none. */
    String finish() {
        if (options.oneline()) {
            text.append('\n');
        }
        return text.toString();
    }

    /** Pads with zeros on the left, which {@code String.format} does more slowly. */
    static String paddedTo8(String digits) {
        return "0".repeat(Math.max(0, 8 - digits.length())) + digits;
    }

    private static String hex(int bits) {
        return "0x" + Integer.toHexString(bits);
    }
}
