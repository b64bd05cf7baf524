package org.xfrmctl.it.watch;

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
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** What {@code ip} takes away comes back, on User Mode Linux. */
class WatchIT {
    @TempDir
    private Path results;

    @Test
    void whatIsTakenAwayComesBack() throws IOException, InterruptedException {
        GuestRun run = RealKernel.userModeLinux()
                .run(GuestJava.command(WatchProof.class, List.of(results.toString())), results, Duration.ofMinutes(5));

        assertThat(run.exitStatus()).as(run.console()).isZero();
        List<String> expected = new ArrayList<>();
        expected.add("repaired: " + WatchProof.UNHEARD);
        WatchProof.HARMS_TO_ROUTES.keySet().forEach(harm -> expected.add("repaired: " + harm));
        WatchProof.HARMS.forEach(harm -> expected.add("repaired: " + harm));
        assertThat(Files.readAllLines(results.resolve(WatchProof.RESULT))).isEqualTo(expected);
    }
}
