package org.xfrmctl.cli;

/** What the process's exit status means; the README lists it. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Of {@code plan}: the kernel differs from the definition. Of {@code doctor}: something was found. */
    public static final int CHANGES = 2;
    /** EX_USAGE of sysexits.h; picocli's own 2 would mean "changes". */
    public static final int USAGE = 64;

    private ExitCode() {}
}
