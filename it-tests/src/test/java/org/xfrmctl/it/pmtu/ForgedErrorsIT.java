package org.xfrmctl.it.pmtu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.scenario.RecordFile;

/** On the real kernel what {@code ForgedErrorsTest} of the datapath has on ours. */
class ForgedErrorsIT {
    private static final Path SCRIPT = Path.of("src/test/resources/pmtu/forge.py");

    @TempDir
    private Path results;

    @Test
    void whoDoesNotKnowTheSpiIsNotBelieved() throws IOException, InterruptedException {
        RealKernel.requireOrSkip(Programs.find("python3").isPresent(), "python3");
        // A JVM that finds no IPv6 address when it starts does without IPv6.
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(
                ForgedErrorsProof.class,
                List.of(results.toString(), SCRIPT.toAbsolutePath().toString())));
        GuestRun run = RealKernel.userModeLinux().run(command, results, Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console()).isZero();
        Map<String, Map<String, String>> learnt = RecordFile.read(
                        results.resolve(ForgedErrorsProof.RESULT), ForgedErrorsProof.Result.class)
                .learnt();

        assertThat(learnt).containsOnlyKeys("IPv4", "IPv6");
        learnt.forEach((family, told) -> assertThat(told)
                .as(family)
                .containsEntry(ForgedErrorsProof.BEFORE, ForgedErrorsProof.NOTHING)
                .containsEntry(ForgedErrorsProof.OTHER_SPI, ForgedErrorsProof.NOTHING)
                .containsEntry(ForgedErrorsProof.FLOOD, ForgedErrorsProof.NOTHING));
        assertThat(learnt.get("IPv4"))
                .containsEntry(ForgedErrorsProof.IMPOSSIBLE, ForgedErrorsProof.NOTHING)
                .containsEntry(ForgedErrorsProof.LOWEST, "lock 552");
        assertThat(learnt.get("IPv6"))
                .containsEntry(ForgedErrorsProof.LOWEST, "1280");
    }
}
