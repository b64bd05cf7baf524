package org.xfrmctl.manager.migrate.draft;

import java.util.Locale;

/** Where the keys of imported children come from. */
public enum KeyChoice {
    /** Both ends derive SPIs, CPIs and keys from a secret; the nearest to IKE, for new ones come by themselves. */
    DERIVE,
    /** Each SA has its SPI and its own secret, written down one by one. */
    WRITTEN;

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
