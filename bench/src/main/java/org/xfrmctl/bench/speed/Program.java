package org.xfrmctl.bench.speed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs other programs, each to its end.
 *
 * @param directory where they leave what they print
 */
record Program(Path directory) {
    private static final File NOWHERE = new File("/dev/null");

    /** What one printed, and how long it took from start to end. */
    record Run(String output, Duration took) {}

    /**
     * @throws IllegalStateException if it is not there, or ends with another status than 0: tells what it wrote to
     *     standard error
     */
    Run run(List<String> command) {
        return run(command, Map.of(), directory.resolve("output").toFile());
    }

    /** As {@link #run}, with what it prints thrown away. */
    Duration time(List<String> command) {
        return run(command, Map.of(), NOWHERE).took();
    }

    /** As {@link #run}, with this added to the environment, and what it prints thrown away. */
    void runWith(Map<String, String> environment, List<String> command) {
        run(command, environment, NOWHERE);
    }

    private Run run(List<String> command, Map<String, String> environment, File output) {
        Path errors = directory.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        int status = await(start(builder));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (status != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with status " + status + ": " + read(errors));
        }
        return new Run(output.equals(NOWHERE) ? "" : read(output.toPath()), took);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    e.getMessage() + "; on Debian: apt-get install gcc libc6-dev iproute2 util-linux", e);
        }
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another program ran", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
