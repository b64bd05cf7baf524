package org.xfrmctl.manager.probe;

/** There is nothing to send by which a path could be found out. */
public final class UnprobeableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    UnprobeableException(String problem, String advice) {
        super(problem);
        this.advice = advice;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
