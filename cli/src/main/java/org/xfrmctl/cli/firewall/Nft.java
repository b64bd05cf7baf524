package org.xfrmctl.cli.firewall;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The program {@code nft}. */
final class Nft {
    /** As Java and shells have it, with the signal's number added. */
    private static final int KILLED = 128;

    private static final int LAST_SIGNAL = 64;

    private final List<String> program;

    /** {@code before} is what stands before its name: how to get to a network namespace. */
    Nft(List<String> before) {
        List<String> words = new ArrayList<>(before);
        words.add("nft");
        this.program = List.copyOf(words);
    }

    /**
     * Has it do what a script says: all of it, or nothing.
     *
     * @throws NftException with its own words if it refuses, or if it is not known what it did
     */
    void change(String script) {
        run(script, NftException::refused, NftException::unknown, "-f", "-");
    }

    /**
     * Has it list something.
     *
     * @throws NftException with its own words if it refuses, or did not end by itself
     */
    String list(String... words) {
        List<String> arguments = new ArrayList<>(List.of("--terse", "list"));
        arguments.addAll(List.of(words));
        return run("", NftException::unlisted, NftException::unlisted, arguments.toArray(new String[0]));
    }

    /**
     * Runs it to its end.
     *
     * @param refusal if it says that it failed
     * @param loss if nobody knows what it did
     */
    private String run(
            String input,
            Function<String, NftException> refusal,
            Function<String, NftException> loss,
            String... arguments) {
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        // Its messages are shown, and what it lists is read.
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw NftException.missing(words.get(0));
        }
        try {
            send(process, input);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status > KILLED && status <= KILLED + LAST_SIGNAL) {
                throw loss.apply("it was ended by signal " + (status - KILLED));
            }
            if (status != 0) {
                throw refusal.apply(output);
            }
            return output;
        } catch (IOException e) {
            throw loss.apply("what it said could not be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw loss.apply("nobody waited for its end");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void send(Process process, String input) {
        try (OutputStream toProcess = process.getOutputStream()) {
            toProcess.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            // It ended before it had read everything; its exit status and its words say why.
        }
    }
}
