package org.xfrmctl.cli;

import java.util.List;

/** A command cannot do what it was asked to. The message is the first line, the advice stands below it. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> advice;

    public CommandFailedException(String problem, String... advice) {
        super(problem);
        this.advice = List.of(advice);
    }

    /** What to do about it. */
    List<String> advice() {
        return advice;
    }
}
