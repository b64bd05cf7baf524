package org.xfrmctl.manager.journal;

/** The journal can be read, but not understood. */
final class MalformedJournalException extends JournalException {
    private static final long serialVersionUID = 1L;

    MalformedJournalException(String message) {
        super(message);
    }
}
