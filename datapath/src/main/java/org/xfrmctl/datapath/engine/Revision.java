package org.xfrmctl.datapath.engine;

/**
 * Counts the changes to SAD and SPD after which a lookup may find something else: who remembers what it found remembers
 * the number, too (the kernel's {@code genid}s). Guarded by the lock of its {@link XfrmNamespace}.
 */
final class Revision {
    private long number;

    long number() {
        return number;
    }

    /** Something has changed; what was found before is worth nothing. */
    void next() {
        number++;
    }
}
