package org.xfrmctl.manager.migrate.draft;

/**
 * What could not be taken over.
 *
 * @param reason why
 * @param advice what to do instead
 */
public record Untaken(Origin origin, String reason, String advice) {
    /** One line: where, what, why, and what to do. */
    @Override
    public String toString() {
        return origin.place() + ": " + origin.name() + ": " + reason + "; " + advice;
    }
}
