package org.xfrmctl.datapath.engine;

/** What the SPD says about an outbound flow. */
public sealed interface Decision {
    /** Goes as it is. */
    record Clear() implements Decision {}

    /** Goes through the bundle's transforms. */
    record Protect(Bundle bundle) implements Decision {}

    /** Does not go. */
    record Refuse(Verdict.Drop drop) implements Decision {}
}
