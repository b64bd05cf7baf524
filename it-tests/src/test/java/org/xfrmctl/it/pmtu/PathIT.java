package org.xfrmctl.it.pmtu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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

/** Where the real kernel delivers a large file, ours does, and nowhere else. */
class PathIT {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Path PAGE = Path.of("..", "docs", "PMTU.md");
    private static final String BEGIN = "<!-- PathIT writes what follows -->\n";
    private static final String END = "<!-- PathIT ends here -->";

    @TempDir
    private Path results;

    @Test
    void bothKernelsDeliverTheSameFiles() throws IOException, InterruptedException {
        // A JVM that finds no IPv6 address when it starts does without IPv6.
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(PathProof.class, List.of(results.toString())));
        GuestRun run = RealKernel.userModeLinux().run(command, results, LIMIT);
        assertThat(run.exitStatus()).as(run.console()).isZero();
        Map<String, Integer> real = RecordFile.read(results.resolve(PathProof.RESULT), PathProof.Result.class)
                .received();
        Map<String, Integer> ours = new LinkedHashMap<>();
        PathRun.ALL.forEach(each -> ours.putAll(each.received(UserspaceLaboratory::new)));

        assertThat(real).hasSize(PathCase.ALL.size());
        assertThat(ours.keySet()).isEqualTo(real.keySet());
        List<String> arrived = real.keySet().stream()
                .filter(path -> PathTable.arrives(real, path))
                .toList();
        System.out.printf(
                "User Mode Linux, %d s: %d of %d files arrive%n", run.took().toSeconds(), arrived.size(), real.size());
        assertThat(real.keySet().stream().filter(path -> PathTable.arrives(ours, path)))
                .isEqualTo(arrived);
        judgePage(new PathTable(real, ours).text());
    }

    private static void judgePage(String text) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("xfrmctl.pmtu.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + text + page.substring(end));
        } else {
            assertThat(page.substring(begin, end)).isEqualTo(text);
        }
    }
}
