package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a packet leaves behind for the garbage collector once its flow is known: no more than the JCA's cipher does, but
 * for one object. {@link Garbage} counts bytes, not time.
 */
class SteadyPathTest {
    /** A small one. */
    private static final long ONE_OBJECT = 24;

    private static final Map<String, Long> BYTES = new HashMap<>();

    @BeforeAll
    static void measure() throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-DoEscapeAnalysis",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Garbage.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(java.waitFor()).as("exit code after " + lines).isZero();
        lines.forEach(line -> BYTES.put(line.split("\t", 2)[0], Long.valueOf(line.split("\t", 2)[1])));
    }

    private static long bytes(String name) {
        return Objects.requireNonNull(BYTES.get(name), name);
    }

    @Test
    void sealAndOpenLeaveWhatTheCipherLeaves() {
        assertThat(bytes("bare seal")).isPositive();
        assertThat(bytes("bare open")).isPositive();
        assertThat(bytes("seal")).isLessThanOrEqualTo(bytes("bare seal") + ONE_OBJECT);
        assertThat(bytes("open")).isLessThanOrEqualTo(bytes("bare open") + ONE_OBJECT);
    }

    /** Lookup, bundle, transform, lookup by SPI, transform, policy check: out and in again. */
    @ParameterizedTest
    @ValueSource(strings = {"v4 tunnel", "v4 transport", "v6 tunnel", "v6 transport"})
    void theWholeWayLeavesWhatTheCipherLeaves(String way) {
        assertThat(bytes("lookup " + way)).isZero();
        assertThat(bytes("way " + way)).isLessThanOrEqualTo(bytes("seal") + bytes("open") + ONE_OBJECT);
    }
}
