package org.xfrmctl.netlink.text;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.xfrmctl.netlink.text.TextOptions.Version;

/**
 * The host's {@code ip}, which prints recorded netlink messages without asking any kernel. {@code -Dxfrmctl.ip=PATH} or
 * {@code XFRMCTL_IP} in the environment names another one.
 */
record InstalledIp(String program, Version version) {
    private static final Pattern VERSION = Pattern.compile("iproute2-(\\d+)\\.(\\d+)\\b");

    /** What it printed. */
    record Output(String text, List<String> complaints) {}

    /**
     * Ends the calling test if there is no {@code ip} that this package knows: skipped, or failed where tests that need
     * what a host may lack are required ({@code XFRMCTL_REAL_KERNEL}).
     */
    static InstalledIp get() {
        String program = System.getProperty("xfrmctl.ip", System.getenv().getOrDefault("XFRMCTL_IP", "ip"));
        Optional<Version> version = version(program);
        if (version.isEmpty()) {
            String missing = "no iproute2 6.1 or newer as " + program + "; on Debian: apt-get install iproute2";
            if ("required".equals(System.getProperty("xfrmctl.kernel", System.getenv("XFRMCTL_REAL_KERNEL")))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        return new InstalledIp(program, version.orElseThrow());
    }

    private static Optional<Version> version(String program) {
        try {
            Process process = new ProcessBuilder(program, "-V")
                    .redirectInput(new File("/dev/null"))
                    .start();
            Matcher matcher =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return matcher.find()
                    ? known(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                    : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** A release between two that differ prints what the older one does; one newer than all is taken for the newest. */
    private static Optional<Version> known(int major, int minor) {
        if (major > 6 || (major == 6 && minor >= 19)) {
            return Optional.of(Version.V6_19);
        }
        if (major < 6 || minor == 0) {
            return Optional.empty();
        }
        return Optional.of(minor >= 11 ? Version.V6_11 : minor >= 2 ? Version.V6_2 : Version.V6_1);
    }

    /** Runs {@code ip OPTIONS xfrm monitor WORDS file MESSAGES} in a time zone. */
    Output print(List<String> options, List<String> words, Path messages, String zone) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        command.addAll(List.of("xfrm", "monitor"));
        command.addAll(words);
        command.addAll(List.of("file", messages.toString()));
        Path complaints = messages.resolveSibling("complaints");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectError(complaints.toFile());
        builder.environment().put("TZ", zone);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        int status = waitFor(process);
        if (status != 0) {
            String last = text.substring(Math.max(0, text.length() - 500));
            Assertions.fail(command + " ended with " + status + " after\n" + last);
        }
        return new Output(text, Files.readAllLines(complaints, StandardCharsets.ISO_8859_1));
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(stopped));
        }
    }
}
