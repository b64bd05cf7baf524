package org.xfrmctl.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Some seven hundred commands, from a seed, by the installed {@code ip} and by this program. One boot serves all tests. */
class CommandAgreementIT {
    static final String LINES = "lines";

    private static final long SEED = 1;
    private static final int STATES = 300;
    private static final int POLICIES = 300;

    @TempDir
    private static Path results;

    private static List<String> lines = List.of();

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        RandomWords words = new RandomWords(new Random(SEED));
        lines = new ArrayList<>(new StateLines(words).lines(STATES));
        lines.addAll(new PolicyLines(words).lines(POLICIES));
        Files.write(results.resolve(LINES), lines);
        GuestRun run = RealKernel.userModeLinux()
                .run(
                        GuestJava.command(CommandProof.class, List.of(results.toString(), InstalledIp.path())),
                        results,
                        Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console()).isZero();
    }

    @Test
    void bothTakeAllLines() throws IOException {
        assertThat(Files.readString(results.resolve("theirs.status"))).isEqualTo("0\n");
        assertThat(Files.readString(results.resolve("ours.status")))
                .isEqualTo("0\n" + lines.size() + " changes, 0 refused\n");
    }

    @Test
    void bothLeaveTheSameTables() throws IOException {
        List<String> theirs = Files.readAllLines(results.resolve("theirs.tables"));

        List<String> ours = Files.readAllLines(results.resolve("ours.tables"));

        assertThat(count(theirs, "state ")).isGreaterThan(STATES * 3 / 4);
        assertThat(count(theirs, "policy ")).isGreaterThan(POLICIES * 3 / 4);
        for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
            assertThat(ours.get(i)).as("seed %d, line %d", SEED, i).isEqualTo(theirs.get(i));
        }
        assertThat(ours).hasSameSizeAs(theirs);
    }

    private static long count(List<String> lines, String kind) {
        return lines.stream().filter(line -> line.startsWith(kind)).count();
    }

    @Test
    void bothRefuseWhatTheKernelRefuses() throws IOException {
        List<String> said = Files.readAllLines(results.resolve("refusals"));
        List<String> refused = RefusedLines.byTheKernel();
        for (int i = 0; i < refused.size(); i++) {
            assertThat(said.get(2 * i)).as(refused.get(i)).doesNotStartWith("0 ");
            assertThat(said.get(2 * i + 1).toLowerCase(Locale.ROOT))
                    .as(refused.get(i))
                    .startsWith("1 ")
                    .contains("1 change, 1 refused", reason(said.get(2 * i)).toLowerCase(Locale.ROOT));
        }
    }

    /** The kernel's words in {@code 2 RTNETLINK answers: File exists}, or in {@code 2 Error: Something.}. */
    private static String reason(String said) {
        return said.replaceFirst("^\\d+ (RTNETLINK answers|Error): ", "").replaceFirst("\\.$", "");
    }

    @Test
    void bothRefuseWhatIsNotOfTheLanguage() throws IOException {
        List<String> said = Files.readAllLines(results.resolve("refusals"));
        int first = 2 * RefusedLines.byTheKernel().size();
        List<String> refused = RefusedLines.byTheParser();
        for (int i = 0; i < refused.size(); i++) {
            assertThat(said.get(first + 2 * i)).as(refused.get(i)).doesNotStartWith("0 ");
            assertThat(said.get(first + 2 * i + 1))
                    .as(refused.get(i))
                    .startsWith("1 ")
                    .endsWith("nothing was sent");
        }
    }
}
