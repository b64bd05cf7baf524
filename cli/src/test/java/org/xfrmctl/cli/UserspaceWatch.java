package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program as a process of its own, with a userspace kernel in it instead of the running one. */
final class UserspaceWatch {
    private UserspaceWatch() {}

    public static void main(String[] arguments) {
        Console console = new Console();
        console.named("netns-1");
        System.exit(Main.commandLine(console.kernel())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments));
    }
}
