package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program that a proof runs in the guest. */
public final class GuestCommand {
    private GuestCommand() {}

    /** Runs words that hold no blanks themselves, and gives all that the program wrote. */
    public static String run(String words) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words.split(" ")).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(words + ": " + output);
        }
        return output;
    }
}
