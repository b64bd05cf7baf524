package org.xfrmctl.netlink.text;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.struct.XfrmAddress;

/**
 * Text in the making: appends pieces to the caller's text, ends lines in the chosen way, and writes numbers as C's
 * printf does. In the margin it notes what is broken about a message.
 */
final class TextPage {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final StringBuilder text;
    private final TextOptions options;
    private List<String> complaints = List.of();

    TextPage(StringBuilder text, TextOptions options) {
        this.text = text;
        this.options = options;
    }

    TextOptions options() {
        return options;
    }

    boolean statistics() {
        return options.statistics();
    }

    boolean hidesKeys() {
        return options.keys() == TextOptions.Keys.HIDDEN;
    }

    boolean atLeast(TextOptions.Version first) {
        return options.version().atLeast(first);
    }

    /** How long the text is, with what stood in it before. */
    int length() {
        return text.length();
    }

    TextPage put(String piece) {
        text.append(piece);
        return this;
    }

    TextPage put(char piece) {
        text.append(piece);
        return this;
    }

    /** {@code %d} */
    TextPage signed(int value) {
        text.append(value);
        return this;
    }

    /** {@code %u} of 8 bits */
    TextPage unsigned(byte bits) {
        return signed(Byte.toUnsignedInt(bits));
    }

    /** {@code %u} of 16 bits */
    TextPage unsigned(short bits) {
        return signed(Short.toUnsignedInt(bits));
    }

    /** {@code %u} */
    TextPage unsigned(int bits) {
        text.append(Integer.toUnsignedLong(bits));
        return this;
    }

    /** {@code %llu} */
    TextPage unsigned(long bits) {
        if (bits >= 0) {
            text.append(bits);
            return this;
        }
        return put(Long.toUnsignedString(bits));
    }

    /** {@code %#x}: zero stands without prefix. */
    TextPage alternateHex(int bits) {
        return bits == 0 ? put('0') : prefixedHex(bits);
    }

    /** {@code 0x%x} */
    TextPage prefixedHex(int bits) {
        return put("0x").hex(bits);
    }

    /** {@code %x} */
    TextPage hex(int bits) {
        int digits = (35 - Integer.numberOfLeadingZeros(bits)) / 4;
        return hex(bits, Math.max(digits, 1));
    }

    /** {@code %08x} and its like */
    TextPage hex(int bits, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            text.append(Character.forDigit(bits >>> shift & 0xf, 16));
        }
        return this;
    }

    /** {@code %08u} */
    TextPage wideDecimal(int bits) {
        long value = Integer.toUnsignedLong(bits);
        for (long bound = 10_000_000; bound > 1 && value < bound; bound /= 10) {
            text.append('0');
        }
        text.append(value);
        return this;
    }

    /** An address in the manner of {@code inet_ntop}. Of a family that is not IP only question marks are printed. */
    TextPage address(int family, XfrmAddress address) {
        return switch (family) {
            case AF_INET -> put(IpAddress.v4(address.word0()).toString());
            case AF_INET6 ->
                put(new IpAddress(Family.INET6, address.word0(), address.word1(), address.word2(), address.word3())
                        .toString());
            default -> put("???");
        };
    }

    /** Local time, {@code -} for 0. */
    TextPage date(long unixSeconds) {
        if (unixSeconds == 0) {
            return put('-');
        }
        UnixTime.print(unixSeconds, options.zone(), text);
        return this;
    }

    /** An interface's name; no interface has the number 0, which stands for any. */
    TextPage interfaceName(int index) {
        return put(index == 0 ? "*" : options.interfaceName().apply(index));
    }

    /** Ends a line of an object. */
    TextPage newline() {
        return put(options.oneline() ? '\\' : '\n');
    }

    /** Ends the object: a real line break where {@link #newline()} was none. */
    void finish() {
        if (options.oneline()) {
            text.append('\n');
        }
    }

    /** The piece that stands where an attribute is too short; the line ends with it. */
    TextPage truncated() {
        return put("(ERROR truncated)").newline();
    }

    /** Notes a fault, without a byte of what may be a key. */
    void complain(String fault) {
        if (complaints.isEmpty()) {
            complaints = new ArrayList<>();
        }
        complaints.add(fault);
    }

    List<String> complaints() {
        return complaints;
    }
}
