package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One command line. Everything the lab does to the machine goes through here. */
record Command(List<String> words) {
    /** Standard output and standard error as one text, in the order they were written. */
    record Outcome(int status, String output) {}

    Command {
        words = List.copyOf(words);
    }

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** A command that runs in a network namespace; {@code ip} becomes it, so a signal to it reaches the command. */
    static Command in(String namespace, String... words) {
        return new Command(Stream.concat(Stream.of("ip", "netns", "exec", namespace), Arrays.stream(words))
                .toList());
    }

    /**
     * Runs to the end.
     *
     * @return what it wrote
     * @throws CommandFailure if it cannot be started or its exit status is not 0
     */
    String run() {
        return run("");
    }

    /** As {@link #run()}, with a text for its standard input. */
    String run(String input) {
        Outcome outcome = attempt(input);
        if (outcome.status() != 0) {
            throw new CommandFailure(
                    words,
                    "exit status " + outcome.status() + "\n" + outcome.output().strip() + quoted(input));
        }
        return outcome.output();
    }

    /** Runs to the end whatever its exit status is. */
    Outcome attempt() {
        return attempt("");
    }

    private Outcome attempt(String input) {
        Process process = start(new ProcessBuilder(words).redirectErrorStream(true));
        try {
            OutputStream toProcess = process.getOutputStream();
            try (toProcess) {
                toProcess.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException brokenPipe) {
                // It ended without reading everything. Its exit status says more than the pipe.
                int status = process.waitFor();
                if (status == 0) {
                    throw new CommandFailure(words, brokenPipe);
                }
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new CommandFailure(words, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(words, e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it and leaves it running; the builder may redirect, its command line is replaced by this one. */
    Process start(ProcessBuilder builder) {
        builder.command(words);
        // Messages are parsed, so they must not be translated.
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailure(words, e);
        }
    }

    private static String quoted(String input) {
        return input.isEmpty() ? "" : "\nwith the input\n" + input;
    }
}
