package org.xfrmctl.it.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestKernel;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Each kernel opens what the other has sealed: every algorithm, every mode, both protocols and families. */
class ExchangeIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path results;

    @Test
    void eachOpensWhatTheOtherSeals() throws IOException, InterruptedException {
        GuestKernel kernel = RealKernel.userModeLinux();
        Path file = results.resolve("exchange");
        // A JVM that finds no IPv6 address when it starts does without IPv6.
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(Exchange.class, List.of(file.toString())));
        GuestRun run = kernel.run(command, results, LIMIT);
        assertThat(run.exitStatus()).as(run.console()).isZero();
        List<String> lines = Files.readAllLines(file);
        System.out.printf("%d cases in %d s%n", lines.size(), run.took().toSeconds());
        assertThat(lines).hasSize(ExchangeCase.all().size());
        assertThat(lines.stream().filter(line -> !line.endsWith(": ok"))).isEmpty();
    }
}
