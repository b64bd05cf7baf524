package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The harness itself, for each kernel: what comes out of a guest, and what happens when one goes wrong. */
@Isolated("asks whether this JVM has processes left")
abstract class GuestKernelSuite {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final GuestKernel kernel;
    private final Duration enoughToStart;

    private Set<ProcessHandle> before = Set.of();

    @TempDir
    private Path temporary;

    /** {@code enoughToStart} is a limit that a guest reaches only after its command has started. */
    GuestKernelSuite(GuestKernel kernel, Duration enoughToStart) {
        this.kernel = kernel;
        this.enoughToStart = enoughToStart;
    }

    /** Other tests may have left a guest running for those to come. */
    @BeforeEach
    void lookAtProcesses() {
        before = processes();
    }

    private static Set<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

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
        assertThat(processes()).isSubsetOf(before);
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
        List<String> command = List.of("sh", "-c", "echo started >&2; tail -f /dev/null");

        assertThatThrownBy(() -> kernel.run(command, temporary, enoughToStart))
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("still running after " + enoughToStart.toSeconds() + " s")
                .hasMessageContaining("started");
        assertThat(processes()).isSubsetOf(before);
    }

    @Test
    void runsAMainClassOfTheTestClassPath() throws IOException, InterruptedException {
        GuestRun run = kernel.run(GuestJava.command(GuestJavaProbe.class, List.of("a b", "$c")), temporary, LIMIT);

        assertThat(run.exitStatus()).as(run.console()).isZero();
        assertThat(run.stdout()).isEqualTo("[a b, $c]\n");
    }

    @Test
    void theCommandFindsTheKernelsModulesAndMayWriteToTmpdir() throws IOException, InterruptedException {
        String command = "modprobe --show-depends esp4 && mktemp && modprobe tun && ls /sys/class/misc/tun/dev";

        GuestRun run = kernel.run(List.of("sh", "-c", command), temporary, LIMIT);

        assertThat(run.exitStatus()).as(run.console()).isZero();
        assertThat(run.stdout())
                .containsPattern("insmod /run/kmod/lib/modules/.*/esp4\\.ko")
                .contains("\n/run/tmp/");
    }
}
