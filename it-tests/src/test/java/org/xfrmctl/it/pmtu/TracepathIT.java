package org.xfrmctl.it.pmtu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.scenario.RecordFile;

/** tracepath (iputils) finds the MTU that was computed, and so do the commands themselves, on a real kernel. */
class TracepathIT {
    @TempDir
    private static Path results;

    private static Map<String, List<String>> said = Map.of();

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        RealKernel.requireOrSkip(
                Programs.find("tracepath").isPresent(), "tracepath: apt-get install iputils-tracepath");
        // A JVM that finds no IPv6 address when it starts does without IPv6.
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(TracepathProof.class, List.of(results.toString())));
        GuestRun run = RealKernel.userModeLinux().run(command, results, Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console()).isZero();
        said = RecordFile.read(results.resolve(TracepathProof.RESULT), TracepathProof.Result.class)
                .said();
    }

    private static List<String> of(int number) {
        return said.getOrDefault(TracepathProof.PATHS.get(number).toString(), List.of());
    }

    @Test
    void fromAHostAllThreeSayTheSame() {
        int[] mtus = {1346, 1326, 1326, 1346};
        for (int i = 0; i < mtus.length; i++) {
            List<String> programs = of(i);
            String name = TracepathProof.PATHS.get(i).toString();
            assertThat(programs.get(0)).as(name).containsPattern("Resume: pmtu " + mtus[i] + "\\b");
            assertThat(programs.get(1))
                    .as(name)
                    .startsWith(
                            "packets of up to " + mtus[i] + " bytes pass, and this host is told so: place 1 is well\n")
                    .contains("this host knew of a path of " + mtus[i] + " already, and has overlooked that")
                    .endsWith("= 0");
            assertThat(programs.get(2)).as(name).startsWith("path" + i + "/net: MTU " + mtus[i] + "\n");
        }
    }

    @Test
    void fromTheGatewayToo() {
        List<String> programs = of(4);
        assertThat(programs.get(0))
                .startsWith(
                        "path4/net: packets of up to 1346 bytes pass, and this host has learnt that: place 2 is well\n")
                .contains("from 192.168.1.1 to 10.3.0.14", "1446  refused by this host: MTU 1346\n")
                .endsWith("= 0");
        assertThat(programs.get(1)).containsPattern("Resume: pmtu 1346\\b");
        assertThat(programs.get(2)).startsWith("path4/net: MTU 1346\n");
    }
}
