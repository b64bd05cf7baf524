package org.xfrmctl.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process's exit status means. The README lists it, and so does each command's help. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Of {@code plan} and {@code --dry-run}: the kernel differs from the definition. Of {@code doctor}: something was found. Of {@code import}: something was not taken over. */
    public static final int CHANGES = 2;
    /** EX_USAGE of sysexits.h; picocli's own 2 would mean "changes". */
    public static final int USAGE = 64;
    /** SIGINT (Ctrl-C), as a shell counts it: 128 and the signal. The virtual machine ends so by itself. */
    public static final int INTERRUPTED = 130;
    /** SIGTERM. */
    public static final int TERMINATED = 143;

    private ExitCode() {}

    /** What they mean for a command that says nothing else. */
    static Map<String, String> usual() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(Integer.toString(DONE), "done");
        meanings.put(Integer.toString(FAILED), "refused or failed; the reason is on standard error");
        meanings.put(Integer.toString(USAGE), "the command line is wrong, or names what is not defined");
        return meanings;
    }
}
