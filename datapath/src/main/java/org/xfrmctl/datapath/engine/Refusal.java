package org.xfrmctl.datapath.engine;

/** Why a packet does not go out, as a local sender learns it. */
public enum Refusal {
    /** A policy, or the default, forbids it ({@code EPERM}). */
    BLOCKED("Operation not permitted"),
    /** A state is missing. The sender is not told: the kernel gives it a route that swallows ({@code EAGAIN} inside). */
    NO_STATE(""),
    /** A template's SPI belongs to another state ({@code EEXIST}). */
    SPI_TAKEN("File exists"),
    /** More templates than a packet may pass ({@code ENOBUFS}). */
    TOO_DEEP("No buffer space available"),
    /** No route leads to a tunnel's end ({@code ENETUNREACH}). */
    UNREACHABLE("Network is unreachable"),
    /** The packet did not survive the transform, or was malformed. Nobody is told. */
    FAILED("");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** Whether sending looks as if it had succeeded. */
    public boolean isSilent() {
        return text.isEmpty();
    }

    /** The words of the errno; empty if there is none. */
    @Override
    public String toString() {
        return text;
    }
}
