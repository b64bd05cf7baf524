package org.xfrmctl.it.route;

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
import org.xfrmctl.it.route.RouteReplacementProof.Pair;
import org.xfrmctl.model.Family;

/** A route of a child is replaced or removed, and no other: on Linux, which takes the first that has what a request says. */
class RouteReplacementIT {
    @TempDir
    private Path results;

    @Test
    void theOneThatIsMeantGoesAndPacketsHaveAWayOfOursAllTheTime() throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(RouteReplacementProof.class, List.of(results.toString())));
        GuestRun run = RealKernel.userModeLinux().run(command, results, Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();

        List<String> expected = new ArrayList<>();
        for (Pair pair : RouteReplacementProof.PAIRS) {
            expected.add(RouteReplacementProof.expected("replace " + pair, pair.other()));
            expected.add(RouteReplacementProof.expected("replace " + pair.swapped(), pair.one()));
            if (pair.one().destination().family() == Family.INET) {
                for (Pair each : List.of(pair, pair.swapped())) {
                    expected.add(RouteReplacementProof.expected("remove " + pair.one() + " of " + each, pair.other()));
                    expected.add(RouteReplacementProof.expected("remove " + pair.other() + " of " + each, pair.one()));
                }
            }
        }
        assertThat(Files.readAllLines(results.resolve(RouteReplacementProof.RESULT)))
                .isEqualTo(expected);
    }
}
