package org.xfrmctl.datapath.crypto;

/** Algorithms or keys that no state can be made of; {@link #reason()} tells which errno a kernel would give. */
public final class UnsupportedAlgorithmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why; each stands for one answer of the kernel to XFRM_MSG_NEWSA. */
    public enum Reason {
        /** ENOSYS; for a combined mode also an integrity value of a length it does not have. */
        UNKNOWN_ALGORITHM,
        /** EINVAL. */
        BAD_KEY_LENGTH,
        /** EINVAL: longer than the hash, or no whole bytes. */
        BAD_ICV_LENGTH,
        /** EINVAL: ESP has neither a cipher nor a combined mode, or two of one kind. */
        BAD_COMBINATION
    }

    private final Reason reason;

    public UnsupportedAlgorithmException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
