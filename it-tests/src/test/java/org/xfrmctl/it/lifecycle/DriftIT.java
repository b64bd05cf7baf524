package org.xfrmctl.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.scenario.RecordFile;
import org.xfrmctl.model.Direction;

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
                "User Mode Linux, %d s, %d harms, repaired after %s to %s ms (%s), %s in the middle%n",
                run.took().toSeconds(),
                millis.size(),
                millis.get(0),
                millis.get(millis.size() - 1),
                result.repaired().get(result.millis().indexOf(millis.get(millis.size() - 1))),
                millis.get(millis.size() / 2));
        assertThat(result.left()).as(result.told()).isEmpty();
        assertThat(result.repaired()).doesNotHaveDuplicates();
        assertThat(result.policies())
                .as("of two children, each out, in and fwd")
                .hasSize(6);
        result.policies()
                .forEach((policy, changes) -> assertThat(changes).as(policy).isEqualTo(changesOf(policy)));
        assertThat(result.repaired())
                .contains("all policies: " + Harm.DELETE)
                .anyMatch(name -> name.startsWith("derived state from 192.168.0.100") && name.endsWith(Harm.DELETE))
                .anyMatch(name -> name.startsWith("derived state from 192.168.0.1,") && name.endsWith(Harm.DELETE));
        assertThat(result.told()).contains(DriftProof.EXISTS);
    }

    /** The kernel refuses tunnels that are optional on the way out. */
    private static Set<String> changesOf(String policy) {
        Set<String> changes =
                new TreeSet<>(Set.of(Harm.DELETE, Harm.PRIORITY, Harm.BLOCK, Harm.ALLOW, Harm.LEVELS, Harm.REQIDS));
        if (policy.startsWith(Direction.OUT.toString())) {
            changes.remove(Harm.LEVELS);
        }
        return changes;
    }
}
