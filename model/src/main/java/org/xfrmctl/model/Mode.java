package org.xfrmctl.model;

import java.util.List;

/**
 * How a state wraps a packet ({@code XFRM_MODE_*}, 0 to 255). Numbers without a name are kept: a newer kernel's states
 * can then be listed, and left alone.
 */
public record Mode(int number) {
    public static final Mode TRANSPORT = new Mode(0);
    public static final Mode TUNNEL = new Mode(1);
    public static final Mode ROUTE_OPTIMIZATION = new Mode(2);
    public static final Mode IN_TRIGGER = new Mode(3);
    public static final Mode BEET = new Mode(4);
    public static final Mode IPTFS = new Mode(5);

    private static final List<String> NAMES = List.of("transport", "tunnel", "ro", "in_trigger", "beet", "iptfs");

    public Mode {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("mode " + number + " is not in 0..255");
        }
    }

    /** The name that {@code ip xfrm} gives it; the number if it has none. */
    @Override
    public String toString() {
        return number < NAMES.size() ? NAMES.get(number) : Integer.toString(number);
    }
}
