package org.xfrmctl.it.pmtu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.scenario.RecordFile;
import org.xfrmctl.manager.probe.PathVerdict;

/** A probe says of every case of {@link PathIT} what is broken, on both kernels the same, and is right. */
class PathProbeIT {
    @TempDir
    private Path results;

    @Test
    void theVerdictIsTheCase() throws IOException, InterruptedException {
        Map<String, String> ours = new LinkedHashMap<>();
        PathRun.ALL.forEach(each -> ours.putAll(each.probed(UserspaceLaboratory::new)));
        for (PathCase path : PathCase.ALL) {
            assertThat(ours.get(path.toString())).as(path.toString()).startsWith(expected(path) + " ");
        }
        // A JVM that finds no IPv6 address when it starts does without IPv6.
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(PathProbeProof.class, List.of(results.toString())));
        GuestRun run = RealKernel.userModeLinux().run(command, results, Duration.ofMinutes(20));
        assertThat(run.exitStatus()).as(run.console()).isZero();
        Map<String, String> real = RecordFile.read(results.resolve(PathProbeProof.RESULT), PathProbeProof.Result.class)
                .probed();
        System.out.printf("User Mode Linux, %d s: %d paths probed%n", run.took().toSeconds(), real.size());

        assertThat(ours).hasSize(PathCase.ALL.size()).isEqualTo(real);
    }

    /** What the lab is made to be. */
    private static PathVerdict expected(PathCase path) {
        boolean narrow = path.mtu() < 1500;
        boolean tooNarrow = path.families().innerSix() && path.mtu() == 1280;
        // Routers fragment what has no DF and is IPv4 outside, and then nothing is narrow between the gateways.
        boolean fragmented = !path.copiesDf() && !path.families().outerSix();
        boolean gateway = path.sender() == PathCase.Sender.GATEWAY;
        // Of IPv6 C refuses the replies for ever, where D would have to send less than 1280 bytes.
        boolean noReplies = tooNarrow && fragmented;
        boolean hop = narrow && !fragmented;
        if (noReplies && path.errors() != PathCase.Errors.STOPPED_IN_CLEAR) {
            return PathVerdict.PLACE_2;
        }
        return switch (path.errors()) {
            case PASS ->
                gateway
                        ? hop ? PathVerdict.LEARNT : PathVerdict.WHOLE
                        : hop && tooNarrow ? PathVerdict.TOO_NARROW : PathVerdict.TOLD;
            case STOPPED_IN_CLEAR -> PathVerdict.UNKNOWN_PLACE;
            case STOPPED_BETWEEN_GATEWAYS -> hop ? PathVerdict.PLACE_2 : gateway ? PathVerdict.WHOLE : PathVerdict.TOLD;
        };
    }
}
