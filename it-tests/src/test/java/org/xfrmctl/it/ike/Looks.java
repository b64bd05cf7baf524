package org.xfrmctl.it.ike;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.it.guest.GuestJava;

/** Runs xfrmctl in a host of the guest, by a {@link LookServer} there. */
final class Looks implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Process server;
    private final Writer questions;
    private final BufferedReader answers;

    private Looks(Process server) {
        this.server = server;
        questions = server.outputWriter(StandardCharsets.UTF_8);
        answers = server.inputReader(StandardCharsets.UTF_8);
    }

    static Looks in(String host) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", host));
        command.addAll(GuestJava.command(LookServer.class, List.of()));
        return new Looks(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What a command, whose words hold no blanks, ended with ({@code status}) and printed ({@code out}, {@code err}). */
    JsonNode ask(String words) throws IOException {
        questions.write(words + "\n");
        questions.flush();
        return json.readTree(Optional.ofNullable(answers.readLine())
                .orElseThrow(() -> new IOException("no answer to: xfrmctl " + words)));
    }

    @Override
    public void close() throws IOException {
        questions.close();
        server.onExit().join();
    }
}
