package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the times were taken on: they mean nothing without it. */
record Machine(Program program) {
    String describe() {
        return "Linux " + read("/proc/sys/kernel/osrelease") + ", "
                + Runtime.getRuntime().availableProcessors() + " CPUs, OpenJDK " + Runtime.version() + ", "
                + firstLine("ip", "-V") + ", " + firstLine("cc", "--version");
    }

    /** Of the last minute, five and fifteen. */
    static String load() {
        String[] averages = read("/proc/loadavg").split(" ", -1);
        return "load average " + String.join(", ", averages[0], averages[1], averages[2]);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String firstLine(String... command) {
        return program.run(List.of(command)).output().lines().findFirst().orElse("");
    }
}
