package org.xfrmctl.it.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The jar that people get has all that the algorithms need: much of what its libraries bring is left out of it. */
class BuiltJarIT {
    private static final Path JAR = Path.of("..", "cli", "target", "xfrmctl.jar");
    private static final Path TESTS = Path.of("target", "test-classes");

    @Test
    void everyAlgorithmWorksInIt() throws Exception {
        assertThat(JAR).exists();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", JAR + File.pathSeparator + TESTS, EveryAlgorithm.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo(EveryAlgorithm.suites().size() + " suites work" + System.lineSeparator());
    }
}
