package org.xfrmctl.it.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs in a namespace of its own: gives each line of a file to {@code ip}, and writes what it said, a line for each. */
final class SpoiledProof {
    private SpoiledProof() {}

    /** The file of lines, the file to write, and the program {@code ip}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            Process process = new ProcessBuilder(arguments[2], "-batch", "-")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            said.add(process.waitFor() + " " + err.strip().replace("\n", " | "));
        }
        Files.write(Path.of(arguments[1]), said);
    }
}
