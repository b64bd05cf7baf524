package org.xfrmctl.netlink.command;

/** A command cannot be read: one thing that is wrong, where it stands, and what is allowed there. Never holds a key. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int word;
    private final String problem;

    CommandException(int word, String problem) {
        super("word " + word + ": " + problem);
        this.word = word;
        this.problem = problem;
    }

    /** Which word of the command is wrong, counted from 1; one more than there are if something is missing at the end. */
    public int word() {
        return word;
    }

    /** What is wrong with it, without the place. */
    public String problem() {
        return problem;
    }
}
