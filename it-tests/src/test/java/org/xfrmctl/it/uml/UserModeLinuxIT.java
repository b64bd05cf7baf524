package org.xfrmctl.it.uml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness itself: what comes out of a guest, and what happens when one goes wrong. */
class UserModeLinuxIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final UserModeLinux kernel = RealKernel.get();

    @TempDir
    private Path temporary;

    @Test
    void givesOutputStatusAndFilesOfACommandAndWritesNowhereElse() throws IOException, InterruptedException {
        Path results = Files.createDirectory(temporary.resolve("it's a, strange directory"));
        Path outside = temporary.resolve("outside");
        String command = "echo out; echo err >&2; echo 'in the guest' >file; uname -m; echo >'" + outside + "'; exit 7";

        GuestRun run = kernel.run(List.of("sh", "-c", command), results, LIMIT);

        assertThat(run.exitStatus()).isEqualTo(7);
        assertThat(run.stdout()).startsWith("out\n");
        assertThat(run.console()).contains("err\n", "Read-only file system");
        assertThat(results.resolve("file")).hasContent("in the guest");
        assertThat(outside).doesNotExist();
        assertThat(run.boot()).isLessThan(run.took());
    }

    @Test
    void aPanicIsReportedWithTheConsole() {
        String command = "echo half >file; sync; echo c >/proc/sysrq-trigger";

        assertThatThrownBy(() -> kernel.run(List.of("sh", "-c", command), temporary, LIMIT))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("left no exit status")
                .hasMessageContaining("sysrq triggered crash");
        assertThat(temporary.resolve("file")).hasContent("half");
    }

    @Test
    void aHangingGuestIsEndedWithAllItsProcesses() {
        assertThatThrownBy(() -> kernel.run(
                        List.of("sh", "-c", "echo started >&2; tail -f /dev/null"), temporary, Duration.ofSeconds(6)))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("still running after 6 s")
                .hasMessageContaining("started");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void runsAMainClassOfTheTestClassPath() throws IOException, InterruptedException {
        GuestRun run = kernel.run(GuestJava.command(GuestJavaProbe.class, List.of("a b", "$c")), temporary, LIMIT);

        assertThat(run.exitStatus()).as(run.console()).isZero();
        assertThat(run.stdout()).isEqualTo("[a b, $c]\n");
    }
}
