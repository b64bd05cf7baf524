package org.xfrmctl.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** What is explained is what User Mode Linux does; {@code -Dxfrmctl.seed=N} begins with another world. */
class ExplainIT {
    private static final long FIRST = Long.getLong("xfrmctl.seed", 1);
    private static final long WORLDS = Long.getLong("xfrmctl.worlds", 30);
    private static final int LEAST_CASES = 200;
    private static final Duration LIMIT = Duration.ofMinutes(5).plusSeconds(2 * WORLDS);

    @TempDir
    private Path results;

    @Test
    void itHappensAsExplained() throws IOException, InterruptedException {
        Path file = results.resolve("lines");
        List<String> arguments = List.of(Long.toString(FIRST), Long.toString(WORLDS), file.toString());
        GuestRun guest =
                RealKernel.userModeLinux().run(GuestJava.command(ExplainMain.class, arguments), results, LIMIT);
        assertThat(guest.exitStatus()).as(guest.console() + guest.stdout()).isZero();

        List<String[]> lines = Files.readAllLines(file).stream()
                .map(line -> line.split("\t", -1))
                .toList();
        Map<String, Integer> seen = lines.stream()
                .filter(words -> words[0].equals("seen"))
                .collect(Collectors.toMap(
                        words -> words[1], words -> Integer.parseInt(words[2]), Integer::sum, TreeMap::new));
        int cases = seen.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(cases + " packets of " + WORLDS + " worlds: " + seen);
        assertThat(lines.stream().filter(words -> !words[0].equals("seen")).map(words -> words[1]))
                .as("from seed %d on, of %d packets", FIRST, cases)
                .isEmpty();
        assertThat(cases).isGreaterThanOrEqualTo(LEAST_CASES);
    }
}
