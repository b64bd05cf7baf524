package org.xfrmctl.manager.journal;

/** The journal cannot be read, written or had. Its text says where and what to do. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Exception cause) {
        super(message, cause);
    }
}
