package org.xfrmctl.manager.watch;

import java.util.Locale;

/** What a watch has done by itself, or tried to. */
public enum Deed {
    /** Somebody had changed the kernel. */
    REPAIRED,
    /** Derived keys have gone on to their next epoch. */
    REKEYED,
    /** Brought up, for it was to begin by itself. */
    STARTED,
    /** As a trap, likewise. */
    TRAPPED,
    /** Brought up by a packet that was to be sent. */
    SPRUNG,
    /** A run that somebody else did not bring to its end. */
    FINISHED,
    /** Blocked, for it could not be protected. */
    STOPPED,
    /** Interfaces were not as they should be. */
    REPAIRED_INTERFACES,
    /** Routes of children were not. */
    REPAIRED_ROUTES;

    /** As a log begins with it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace("_", " the ");
    }
}
