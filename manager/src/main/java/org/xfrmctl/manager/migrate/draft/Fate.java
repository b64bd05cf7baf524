package org.xfrmctl.manager.migrate.draft;

/** What becomes of another program's option. */
public enum Fate {
    /** It is written into the definition. */
    TAKEN,
    /** It is about the key exchange, of which there is none. */
    ENDS_WITH_IKE,
    /** It is told, unless it has the value that asks for nothing. */
    TOLD
}
