package org.xfrmctl.bench.speed;

import java.util.Locale;

/** What is done with a number of entries. */
enum Operation {
    ADD,
    DUMP,
    DELETE;

    /** As {@code ip xfrm}, {@code xfrmctl} and {@code loop.c} call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
