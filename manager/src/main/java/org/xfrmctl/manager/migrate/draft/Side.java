package org.xfrmctl.manager.migrate.draft;

import java.util.Locale;

/** A side of a connection in ipsec.conf. */
public enum Side {
    LEFT,
    RIGHT;

    public Side other() {
        return this == LEFT ? RIGHT : LEFT;
    }

    /** What its options begin with. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
