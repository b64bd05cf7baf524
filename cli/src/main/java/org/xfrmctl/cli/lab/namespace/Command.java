package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/**
 * One command line, run where the caller is or in a network namespace. What is started by a thread that has entered a
 * namespace is in it, which saves the process of {@code ip netns exec}.
 */
record Command(Optional<NetworkNamespace> namespace, List<String> words) {
    /** Standard output and standard error as one text, in the order they were written. */
    record Outcome(int status, String output) {}

    Command {
        words = List.copyOf(words);
    }

    static Command of(String... words) {
        return new Command(Optional.empty(), List.of(words));
    }

    /** A command that runs in a network namespace that {@code ip netns add} made. */
    static Command in(String namespace, String... words) {
        return new Command(Optional.of(NetworkNamespace.named(namespace)), List.of(words));
    }

    /** As people would type it. */
    @Override
    public String toString() {
        String line = String.join(" ", words);
        return namespace.map(each -> "nsenter --net=" + each + " " + line).orElse(line);
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
                    this,
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
                    throw new CommandFailure(this, brokenPipe);
                }
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new CommandFailure(this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(this, e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it and leaves it running; the builder may redirect, its command line is replaced by this one. */
    Process start(ProcessBuilder builder) {
        builder.command(words);
        // Messages are parsed, so they must not be translated.
        builder.environment().put("LC_ALL", "C");
        return namespace.map(each -> each.call(() -> started(builder))).orElseGet(() -> started(builder));
    }

    private Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailure(this, e);
        }
    }

    private static String quoted(String input) {
        return input.isEmpty() ? "" : "\nwith the input\n" + input;
    }
}
