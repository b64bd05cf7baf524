package org.xfrmctl.it.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestKernel;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Some five thousand states: Linux 6.1 and the userspace kernel take the same ones and refuse the others alike. */
class AlgorithmTableIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path results;

    @Test
    void bothKernelsAgreeOnEveryAlgorithmKeyAndLength() throws IOException, InterruptedException {
        GuestKernel kernel = RealKernel.userModeLinux();
        Path file = results.resolve("attempts");
        GuestRun run = kernel.run(GuestJava.command(Attempts.class, List.of(file.toString())), results, LIMIT);
        assertThat(run.exitStatus()).as(run.console()).isZero();
        List<String> real = Files.readAllLines(file);
        List<String> ours =
                Attempts.all(new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random(1)))::open);

        assertThat(ours).hasSameSizeAs(real).hasSizeGreaterThan(5_000);
        List<String> lacking = lacking(kernel.config());
        List<String> differences = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < real.size(); i++) {
            String expected = real.get(i);
            if (lacking.stream().anyMatch(expected::contains)) {
                assertThat(expected).contains("algorithm not found");
                continue;
            }
            taken += expected.contains(": taken") ? 1 : 0;
            if (!expected.equals(ours.get(i))) {
                differences.add(expected + "\n   ours: " + ours.get(i));
            }
        }
        System.out.printf(
                "%d states asked of both kernels, %d taken, in %d s%n",
                real.size(), taken, run.took().toSeconds());
        assertThat(differences.stream().limit(60))
                .as(differences.size() + " differences")
                .isEmpty();
        assertThat(taken).isGreaterThan(1_000);
    }

    /** Debian builds User Mode Linux without SM3 and SM4, which other kernels of that version have. */
    private static List<String> lacking(String config) {
        List<String> names = new ArrayList<>();
        if (!config.contains("CONFIG_CRYPTO_SM3_GENERIC=")) {
            names.addAll(List.of(" hmac(sm3) ", " sm3 "));
        }
        if (!config.contains("CONFIG_CRYPTO_SM4_GENERIC=")) {
            names.addAll(List.of(" cbc(sm4) ", " sm4 "));
        }
        return names;
    }
}
