package org.xfrmctl.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand replacements on userspace kernels; a thousand rekeys there are RekeyUnderTrafficTest. */
class ThousandTest {
    private static final int LEAST = 1000;
    /** In KiB: 1.3 in each of 800 rounds would be as much. What is smaller shows in the counts of objects, or not at all. */
    private static final long FLAT = 1024;

    @TempDir
    Path directory = Path.of("");

    @Test
    void noPacketMatchesAnotherPolicyWhileOneIsReplaced() {
        long seed = System.nanoTime();
        try (Stage stage = Stage.userspace()) {
            ThousandScript.Outcome outcome = new ThousandScript(stage, directory, seed).replacements();
            System.out.println("userspace kernel, seed " + seed + ", replacements: " + outcome);
            check(outcome);
        }
    }

    static void check(ThousandScript.Outcome outcome) {
        assertThat(outcome.sent()).hasSize(Flow.ALL.size());
        outcome.sent().forEach((flow, sent) -> assertThat(sent).as(flow).isGreaterThan(LEAST));
        assertThat(outcome.lost()).as("%s", outcome).isZero();
        assertThat(outcome.troubles()).as("%s", outcome).isEmpty();
        assertThat(outcome.wire().clearPackets()).as("%s", outcome).isZero();
        assertThat(outcome.wire().protectedPackets()).as("%s", outcome).isGreaterThan(LEAST);
        assertThat(outcome.objects().get(1))
                .as("%s", outcome)
                .isEqualTo(outcome.objects().get(0));
        assertThat(outcome.lastMet())
                .as("met the more general policies: %s", outcome)
                .isZero();
        assertThat(outcome.end().heap() - outcome.settled().heap())
                .as("growth of the heap: %s", outcome)
                .isLessThan(FLAT);
    }

    /** Where nobody else uses the kernel. */
    static void checkKernelMemory(ThousandScript.Outcome outcome) {
        assertThat(outcome.end().kernel() - outcome.settled().kernel())
                .as("growth of the kernel's memory: %s", outcome)
                .isLessThan(FLAT);
    }
}
