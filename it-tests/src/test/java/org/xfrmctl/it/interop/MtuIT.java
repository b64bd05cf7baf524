package org.xfrmctl.it.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Every algorithm in every mode, family and option: the computed MTU is the kernel's, and not a byte less. */
class MtuIT {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Path PAGE = Path.of("..", "docs", "PMTU.md");
    /** What the page shows. */
    private static final int ETHERNET = 1500;
    /** What Linux 6.1 has of all combinations; it says the same in docs/PMTU.md. */
    private static final int EXISTING = 1640;

    /** With the odd one every suite loses something to alignment. */
    @ParameterizedTest
    @ValueSource(ints = {ETHERNET, 1411})
    void whatIsComputedIsWhatTheKernelDoes(int linkMtu, @TempDir Path results)
            throws IOException, InterruptedException {
        Path file = results.resolve("mtu");
        // A JVM that finds no IPv6 address when it starts does without IPv6.
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(MtuCases.class, List.of(file.toString(), Integer.toString(linkMtu))));
        GuestRun run = RealKernel.userModeLinux().run(command, results, LIMIT);
        assertThat(run.exitStatus()).as(run.console()).isZero();
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", 2);
            outcomes.put(parts[0], parts[1]);
        }
        long asked = outcomes.values().stream()
                .filter(outcome -> !outcome.startsWith(InteropCase.REFUSED))
                .count();
        System.out.printf(
                "link MTU %d: %d cases, %d of them exist, in %d s%n",
                linkMtu, outcomes.size(), asked, run.took().toSeconds());
        assertThat(asked).isEqualTo(EXISTING);
        assertThat(outcomes.entrySet().stream()
                        .filter(entry -> !entry.getValue().startsWith(InteropCase.REFUSED))
                        .filter(entry -> !entry.getValue().matches("\\d+")))
                .isEmpty();
        if (linkMtu == ETHERNET) {
            judgePage(new MtuTable(outcomes));
        }
    }

    private static void judgePage(MtuTable table) throws IOException {
        if (Boolean.getBoolean("xfrmctl.mtu.write")) {
            Files.writeString(PAGE, table.in(Files.readString(PAGE)));
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew with -Dxfrmctl.mtu.write=true")
                .contains(table.text());
    }
}
