package org.xfrmctl.datapath.engine;

/** The answer to a {@link StateQuery}. */
public sealed interface Selection {
    /** The state to use. */
    record Found(SecurityAssociation association) implements Selection {}

    /** There is none ({@code ESRCH}). */
    record Missing() implements Selection {}

    /** A larval state stands for it: somebody negotiates ({@code EAGAIN}). */
    record Pending() implements Selection {}

    /** The SPI that the template demands belongs to a state with other properties ({@code EEXIST}). */
    record Taken() implements Selection {}
}
