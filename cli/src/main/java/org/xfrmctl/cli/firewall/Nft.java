package org.xfrmctl.cli.firewall;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The program {@code nft}. */
final class Nft {
    private final List<String> program;

    /** {@code before} is what stands before its name: how to get to a network namespace. */
    Nft(List<String> before) {
        List<String> words = new ArrayList<>(before);
        words.add("nft");
        this.program = List.copyOf(words);
    }

    /**
     * Runs it to its end.
     *
     * @return what it printed
     * @throws NftException with its own words if it refuses
     */
    String run(String input, String... arguments) {
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
            if (status != 0) {
                throw NftException.refused(output);
            }
            return output;
        } catch (IOException e) {
            throw NftException.refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NftException.refused("interrupted");
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
