package org.xfrmctl.it.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestKernel;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** A real kernel and a userspace host as neighbours: every algorithm, mode, family and option. */
class InteropIT {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Path PAGE = Path.of("..", "docs", "INTEROP.md");

    @TempDir
    private Path results;

    @Test
    void eachAnswersTheOther() throws IOException, InterruptedException {
        GuestKernel kernel = RealKernel.userModeLinux();
        long seed = new Random().nextLong();
        Path file = results.resolve("interop");
        // A JVM that finds no IPv6 address when it starts does without IPv6.
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(Interop.class, List.of(file.toString(), Long.toString(seed))));
        GuestRun run = kernel.run(command, results, LIMIT);
        assertThat(run.exitStatus()).as(run.console()).isZero();
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", 2);
            outcomes.put(parts[0], parts[1]);
        }
        System.out.printf(
                "seed %d: %d cases in %d s%n", seed, outcomes.size(), run.took().toSeconds());
        assertThat(outcomes.entrySet().stream().filter(entry -> !isExpected(entry.getValue())))
                .isEmpty();
        judgePage(new InteropTable(outcomes).text());
    }

    private static boolean isExpected(String outcome) {
        return outcome.equals(InteropCase.OK)
                || outcome.equals(InteropCase.BROKEN)
                || outcome.startsWith(InteropCase.REFUSED);
    }

    private static void judgePage(String text) throws IOException {
        if (Boolean.getBoolean("xfrmctl.interop.write")) {
            Files.writeString(PAGE, text);
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew with -Dxfrmctl.interop.write=true")
                .isEqualTo(text);
    }
}
