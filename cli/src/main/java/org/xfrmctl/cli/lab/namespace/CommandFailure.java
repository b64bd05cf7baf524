package org.xfrmctl.cli.lab.namespace;

import java.util.List;

/** A command that the lab needs could not be started, or failed. The message holds its command line and its words. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(List<String> command, String problem) {
        super(String.join(" ", command) + ": " + problem);
    }

    CommandFailure(List<String> command, Exception cause) {
        super(String.join(" ", command) + ": " + cause.getMessage(), cause);
    }
}
