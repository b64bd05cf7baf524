package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the changes to SAD and SPD after which a lookup may find something else: who remembers what it found remembers
 * the number, too (the kernel's {@code genid}s). Guarded by the lock of its {@link XfrmNamespace}.
 */
final class Revision {
    private final List<Runnable> listeners = new ArrayList<>();
    private long number;

    long number() {
        return number;
    }

    /** Something has changed; what was found before is worth nothing. */
    void next() {
        number++;
        listeners.forEach(Runnable::run);
    }

    /** Has something done at each change, by who keeps what keys are in. */
    void onNext(Runnable listener) {
        listeners.add(listener);
    }
}
