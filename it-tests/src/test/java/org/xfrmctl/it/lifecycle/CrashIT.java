package org.xfrmctl.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.scenario.RecordFile;

/** Runs that end in their middle, on User Mode Linux. */
class CrashIT {
    /** In the guest. */
    private static final Path WATCHED = Path.of("/run/tmp/crash");

    @TempDir
    private Path results;

    @Test
    void theNextRunGetsThereFromEveryPoint() throws IOException, InterruptedException {
        RealKernel.requireOrSkip(Programs.find("gcc").isPresent(), "gcc libc6-dev");
        Faults.build(results);
        List<String> command = new ArrayList<>(List.of("env"));
        Faults.environment(results, WATCHED).forEach((name, value) -> command.add(name + "=" + value));
        List<String> java = GuestJava.command(CrashProof.class, List.of(results.toString(), WATCHED.toString()));
        command.add(java.get(0));
        command.add("-Djnr.ffi.library.path=" + results);
        command.addAll(java.subList(1, java.size()));
        GuestRun run = RealKernel.userModeLinux().run(command, results, Duration.ofMinutes(10));
        assertThat(run.exitStatus()).as(run.console()).isZero();
        CrashProof.Result result = RecordFile.read(results.resolve(CrashProof.RESULT), CrashProof.Result.class);
        System.out.printf("User Mode Linux, %d s, points: %s%n", run.took().toSeconds(), result.numbers());
        assertThat(result.found()).isEmpty();
        assertThat(result.numbers()).hasSize(CrashCommand.ALL.size() + Faults.Kind.values().length + 2);
        result.numbers()
                .forEach((what, points) -> assertThat(points).as(what).isGreaterThanOrEqualTo(CrashCommand.ALL.size()));
    }
}
