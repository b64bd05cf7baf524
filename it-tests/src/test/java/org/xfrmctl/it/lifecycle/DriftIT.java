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
        List<Long> millis = result.millis().stream().sorted().toList();
        System.out.printf(
                "User Mode Linux, %d s, %d harms, repaired after %s to %s ms, %s in the middle%n",
                run.took().toSeconds(),
                millis.size(),
                millis.get(0),
                millis.get(millis.size() - 1),
                millis.get(millis.size() / 2));
        assertThat(result.left()).as(result.told()).isEmpty();
        assertThat(result.repaired()).hasSizeGreaterThan(30);
        assertThat(result.told()).contains(DriftProof.EXISTS);
    }
}
