package org.xfrmctl.it.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;

/** Docker's command line program, talking to one engine. */
public final class DockerClient {
    /** What says how to reach the engine of the environment, and would send a command elsewhere or by TLS. */
    private static final List<String> OF_THE_OTHER =
            List.of("DOCKER_CONTEXT", "DOCKER_TLS", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH");

    private final Path program;
    private final URI host;
    private final Optional<Path> config;

    private DockerClient(Path program, URI host, Optional<Path> config) {
        this.program = program;
        this.host = host;
        this.config = config;
    }

    /** For the engine of the environment, with all that the environment and the user's settings say of it. */
    static DockerClient ofEnvironment(Path program, URI host) {
        return new DockerClient(program, host, Optional.empty());
    }

    /**
     * For an engine that neither the environment nor the user's settings know, such as proxies that containers would get.
     *
     * @param config an empty directory in the place of the user's settings
     */
    static DockerClient ofGuest(Path program, URI host, Path config) {
        return new DockerClient(program, host, Optional.of(config));
    }

    /** The directory in the place of the user's settings, for an engine that these are not for. */
    Optional<Path> config() {
        return config;
    }

    /** The program that {@code it-tests/docker/fetch} brought, which is as old as the engine in the guest, or this machine's. */
    static Optional<Path> installed() {
        Path fetched = RealKernel.cache().resolve("docker/usr/bin/docker");
        return Files.isExecutable(fetched) ? Optional.of(fetched) : Programs.find("docker");
    }

    /** How a command ended, and all that it wrote. */
    public record Outcome(int exitStatus, String output) {}

    /** Runs a command to its end. */
    public Outcome run(List<String> arguments) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command(arguments)));
    }

    /** The first line that a command writes, which may go on: it is ended then. Null if it writes none. */
    public @Nullable String firstLine(String... arguments) throws IOException {
        Process process = start(new ProcessBuilder(command(List.of(arguments))));
        try {
            return process.inputReader(StandardCharsets.UTF_8).readLine();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return command;
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Map<String, String> environment = builder.environment();
        if (config.isPresent()) {
            environment.keySet().removeAll(OF_THE_OTHER);
            environment.put("DOCKER_CONFIG", config.get().toString());
        }
        environment.put("DOCKER_HOST", host.toString());
        // Only the stages that are needed; the engines of which BuildKit is the default do the same.
        environment.put("DOCKER_BUILDKIT", "1");
        environment.merge("PATH", program.resolveSibling("").toString(), (path, own) -> own + ":" + path);
        return builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** Runs any program to its end that finds the engine by its environment, as scripts of users do. */
    public Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = start(builder);
        try {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            process.getInputStream().transferTo(output);
            return new Outcome(process.waitFor(), output.toString(StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * What a command writes, standard error too.
     *
     * @throws IllegalStateException if it fails
     */
    public String output(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(List.of(arguments));
        if (outcome.exitStatus() != 0) {
            throw new IllegalStateException("docker " + String.join(" ", arguments) + " ended with "
                    + outcome.exitStatus() + ":\n" + outcome.output());
        }
        return outcome.output();
    }
}
