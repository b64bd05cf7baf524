package org.xfrmctl.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.scenario.RecordFile;

/** The script on User Mode Linux. */
class ClearTextIT {
    @TempDir
    private Path results;

    @Test
    void noPacketIsEverInClear() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        GuestRun run = RealKernel.userModeLinux()
                .run(
                        GuestJava.command(ClearTextProof.class, List.of(results.toString(), Long.toString(seed))),
                        results,
                        Duration.ofMinutes(10));
        assertThat(run.exitStatus()).as("seed %d: %s", seed, run.console()).isZero();
        ClearTextScript.Scenes scenes =
                RecordFile.read(results.resolve(ClearTextProof.RESULT), ClearTextScript.Scenes.class);
        System.out.printf(
                "User Mode Linux, seed %d, %d s: %s%n", seed, run.took().toSeconds(), scenes);
        ClearTextTest.check(scenes);
    }
}
