package org.xfrmctl.datapath.engine;

/** The answer to a {@link StateQuery}. */
public sealed interface Selection {
    /** The state to use. */
    record Found(SecurityAssociation association) implements Selection {}

    /** There is none, and nobody to negotiate one; or a larval state stands for it ({@code EAGAIN}). */
    record Missing() implements Selection {}

    /** The SPI that the template demands belongs to a state with other properties ({@code EEXIST}). */
    record Taken() implements Selection {}
}
