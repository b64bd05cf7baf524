package org.xfrmctl.datapath.engine;

/** What came of a change to a table; the netlink front gives each its errno. */
public enum Outcome {
    DONE,
    /** The key is taken. */
    EXISTS,
    NOT_FOUND,
    /** An implied IPIP state: it lives as long as the compression states that use it. */
    IN_USE,
    /** The object is there, but cannot take this change. */
    INVALID
}
