package org.xfrmctl.netlink;

/** Bytes that are no message of the kind they claim to be. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code what} names struct or attribute, {@code offset} counts from its start. */
    public MalformedMessageException(String what, int offset, String problem) {
        super(what + " at offset " + offset + ": " + problem);
    }
}
