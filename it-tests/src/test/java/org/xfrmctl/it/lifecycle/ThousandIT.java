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

/** A thousand rekeys and a thousand replacements on User Mode Linux. */
class ThousandIT {
    @TempDir
    private Path results;

    @Test
    void nothingIsLostInClearOrLeft() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        GuestRun run = RealKernel.userModeLinux()
                .run(
                        GuestJava.command(ThousandProof.class, List.of(results.toString(), Long.toString(seed))),
                        results,
                        Duration.ofMinutes(10));
        assertThat(run.exitStatus()).as("seed %d: %s", seed, run.console()).isZero();
        for (String file : List.of(ThousandProof.REKEYS, ThousandProof.REPLACEMENTS)) {
            ThousandScript.Outcome outcome = RecordFile.read(results.resolve(file), ThousandScript.Outcome.class);
            System.out.printf(
                    "User Mode Linux, seed %d, %d s in all, %s: %s%n",
                    seed, run.took().toSeconds(), file, outcome);
            ThousandTest.check(outcome);
            ThousandTest.checkKernelMemory(outcome);
        }
    }
}
