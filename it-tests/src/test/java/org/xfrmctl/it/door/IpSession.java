package org.xfrmctl.it.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs {@code ip}, and other programs, with an environment that decides which kernel is behind it. */
final class IpSession {
    private final String ip;
    private final Map<String, String> environment;

    /** {@code environment} is what is added to this process's own. */
    IpSession(String ip, Map<String, String> environment) {
        this.ip = ip;
        this.environment = Map.copyOf(environment);
    }

    /** What a command said, and how it ended. */
    record Said(int status, String out, String err) {
        /** In a form to compare: times differ from run to run, and nothing else may. */
        String withoutTimes() {
            return "exit " + status + "\n" + IpSession.withoutTimes(out) + IpSession.withoutTimes(err);
        }
    }

    static String withoutTimes(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "TIME");
    }

    Process start(String line) throws IOException {
        List<String> command = new ArrayList<>(List.of(ip));
        for (String word : line.split(" ", -1)) {
            command.add(word.equals("\"\"") ? "" : word);
        }
        return start(command);
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return builder.start();
    }

    Said run(String line) throws IOException, InterruptedException {
        return await(start(line));
    }

    /** Another program than {@code ip}. */
    Said run(List<String> command) throws IOException, InterruptedException {
        return await(start(command));
    }

    private static Said await(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> process.errorReader(StandardCharsets.UTF_8)
                .lines()
                .map(each -> each + "\n")
                .reduce("", String::concat));
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, err.join());
    }
}
