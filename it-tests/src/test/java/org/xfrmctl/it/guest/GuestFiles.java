package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a guest leaves in its results directory beside the files of the command itself. */
record GuestFiles(Path directory) {
    private static final int LINES_SHOWN = 60;

    Path stdout() {
        return directory.resolve("guest-stdout.txt");
    }

    Path console() {
        return directory.resolve("guest-console.txt");
    }

    Path status() {
        return directory.resolve("guest-status.txt");
    }

    Path boot() {
        return directory.resolve("guest-boot.txt");
    }

    /** Removes what an earlier run left, so that it cannot be taken for this run's. */
    void clear() throws IOException {
        for (Path file : List.of(stdout(), console(), status(), boot())) {
            Files.deleteIfExists(file);
        }
    }

    GuestRun read(GuestProcesses.End end, Duration took) throws IOException {
        String console = text(console()).replace("\r\n", "\n");
        String status = text(status()).strip();
        if (status.isEmpty() || !end.inTime()) {
            throw new GuestFailure(end.text() + " and left no exit status; its console ends with:\n" + tail(console)
                    + "\nstandard output ends with:\n" + tail(text(stdout())));
        }
        Duration boot =
                Duration.ofMillis(Math.round(Double.parseDouble(text(boot()).strip()) * 1000));
        return new GuestRun(Integer.parseInt(status), text(stdout()), console, boot, took);
    }

    private static String text(Path file) throws IOException {
        // Decoded leniently: a guest that died may have left half a character.
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
