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
    /** What one printed, and how long it took from start to end. */
    record Run(String output, Duration took) {}

    /**
     * @throws IllegalStateException if it ends with another status than 0; tells what it wrote to standard error
     */
    Run run(List<String> command) {
        return run(command, Map.of(), directory.resolve("output").toFile());
    }

    /** As {@link #run}, with what it prints thrown away. */
    Duration time(List<String> command) {
        return run(command, Map.of(), nowhere()).took();
    }

    /** As {@link #time}, with this added to the environment. */
    void runWith(Map<String, String> environment, List<String> command) {
        run(command, environment, nowhere());
    }

    private static File nowhere() {
        return new File("/dev/null");
    }

    private Run run(List<String> command, Map<String, String> environment, File output) {
        Path errors = directory.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        try {
            long start = System.nanoTime();
            int status = builder.start().waitFor();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with status " + status + ": "
                        + Files.readString(errors, StandardCharsets.UTF_8).strip());
            }
            boolean kept = !output.equals(nowhere());
            return new Run(kept ? Files.readString(output.toPath(), StandardCharsets.UTF_8) : "", took);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command.get(0) + " was not waited for", e);
        }
    }
}
