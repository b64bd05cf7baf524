package org.xfrmctl.model;

import java.util.Optional;

/** How a state wraps a packet ({@code XFRM_MODE_*}); the ordinal is the kernel's number. */
public enum Mode {
    TRANSPORT("transport"),
    TUNNEL("tunnel"),
    ROUTE_OPTIMIZATION("ro"),
    IN_TRIGGER("in_trigger"),
    BEET("beet"),
    IPTFS("iptfs");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    public int number() {
        return ordinal();
    }

    public static Optional<Mode> of(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
