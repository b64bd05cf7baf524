package org.xfrmctl.netlink.text;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The host's {@code ip}, which prints recorded netlink messages without asking any kernel. */
final class InstalledIp {
    private InstalledIp() {}

    /** What is missing for the comparison, or an empty text if nothing is. */
    static String missing() {
        try {
            String version = run(List.of("ip", "-V"), "UTC");
            return version.contains("iproute2-6.1.") ? "" : "iproute2 6.1 (here is: " + version.strip() + ")";
        } catch (UncheckedIOException absent) {
            return "iproute2 6.1 (no program ip)";
        }
    }

    /** The output of {@code ip OPTIONS xfrm monitor file MESSAGES} in a time zone. */
    static String print(List<String> options, Path messages, String zone) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(options);
        command.addAll(List.of("xfrm", "monitor", "file", messages.toString()));
        return run(command, zone);
    }

    private static String run(List<String> command, String zone) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().put("TZ", zone);
        try {
            Process process = builder.start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
