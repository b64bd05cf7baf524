package org.xfrmctl.cli.snapshot;

import java.nio.file.Path;

/** A snapshot cannot be written or read. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path place;
    private final String advice;

    SnapshotException(Path place, String problem, String advice) {
        super(place + ": " + problem);
        this.place = place;
        this.advice = advice;
    }

    /** The file or directory. */
    public Path place() {
        return place;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
