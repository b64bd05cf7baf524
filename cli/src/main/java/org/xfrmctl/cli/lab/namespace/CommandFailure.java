package org.xfrmctl.cli.lab.namespace;

/** A command that the lab needs could not be started, or failed. The message holds its command line and its words. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(Command command, String problem) {
        super(command + ": " + problem);
    }

    CommandFailure(Command command, Exception cause) {
        super(command + ": " + cause.getMessage(), cause);
    }
}
