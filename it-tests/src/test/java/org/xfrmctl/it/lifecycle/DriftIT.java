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

/** Whatever somebody does to what is ours is mended by a watch, on User Mode Linux. */
class DriftIT {
    @TempDir
    private Path results;

    @Test
    void everyKindOfHarmIsRepaired() throws IOException, InterruptedException {
        GuestRun run = RealKernel.userModeLinux()
                .run(
                        GuestJava.command(DriftProof.class, List.of(results.toString(), "/run/tmp/drift")),
                        results,
                        Duration.ofMinutes(10));
        assertThat(run.exitStatus()).as(run.console()).isZero();
        DriftProof.Result result = RecordFile.read(results.resolve(DriftProof.RESULT), DriftProof.Result.class);
        System.out.printf("User Mode Linux, %d s, %s%n", run.took().toSeconds(), result);
        DriftTest.check(result);
    }
}
