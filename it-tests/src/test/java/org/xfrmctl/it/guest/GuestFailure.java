package org.xfrmctl.it.guest;

/** The guest ended or hung before the command gave an exit status. The message holds the end of the console. */
public final class GuestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GuestFailure(String message) {
        super(message);
    }
}
