package org.xfrmctl.it.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the package's launcher says of a Java that will not do. With one that will, PackageIT runs it. */
class InstalledLauncherTest {
    private static final Path LAUNCHER =
            Path.of("..", "package", "files", "xfrmctl").toAbsolutePath().normalize();

    @TempDir
    private Path home;

    private String refusal() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", LAUNCHER.toString(), "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", home.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said;
    }

    @Test
    void thereIsNone() throws Exception {
        assertThat(refusal())
                .contains("there is no " + home + "/bin/java")
                .contains("default-jre-headless")
                .contains("JAVA_HOME");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8", "11.0.22, 11", "16, 16"})
    void itIsTooOld(String version, String told) throws Exception {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho must not run\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"" + version + "\"\n");

        assertThat(refusal())
                .contains("is Java " + told + ", and 17 or newer is needed")
                .contains("update-alternatives")
                .doesNotContain("must not run");
    }
}
