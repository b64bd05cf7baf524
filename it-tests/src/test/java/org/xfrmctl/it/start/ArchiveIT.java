package org.xfrmctl.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that the launcher makes of the built jar: a JVM takes it, and has the classes of short commands from it. */
class ArchiveIT {
    private static final Path JAR =
            Path.of("..", "cli", "target", "xfrmctl.jar").toAbsolutePath().normalize();
    private static final Path FUNCTIONS =
            Path.of("..", "launch", "archive").toAbsolutePath().normalize();

    /** What the launcher does for a run, but that the JVM must take the archive, and says where each class is from. */
    private static final String RUN = """
            set -euo pipefail
            source "$1"
            archive_use "$2" "$3" "$4"
            [[ ${#java_options[@]} == 2 ]]
            exec "$2" "${java_options[0]}" -Xshare:on -Xlog:class+load:file="$5":none -XX:+UseSerialGC \\
                -XX:TieredStopAtLevel=1 -jar "$3" "${@:6}"
            """;

    @TempDir
    private Path directory;

    /** Returns where each class came from, one a line. */
    private List<String> classes(String... words) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
        Path sources = directory.resolve("sources");
        List<String> fixed = List.of(
                "bash",
                "-c",
                RUN,
                "bash",
                FUNCTIONS.toString(),
                java.toString(),
                JAR.toString(),
                directory.toString(),
                sources.toString());
        Process process = new ProcessBuilder(
                        Stream.concat(fixed.stream(), Stream.of(words)).toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("xfrmctl");
        return Files.readAllLines(sources);
    }

    private static List<String> ours(List<String> classes, String from) {
        return classes.stream()
                .filter(line -> line.startsWith("org.xfrmctl.") && line.contains(" source: " + from))
                .toList();
    }

    @Test
    void theClassesOfAShortCommandAreInIt() throws Exception {
        assertThat(JAR).exists();

        List<String> first = classes("--version");
        assertThat(ours(first, "shared objects file")).anyMatch(line -> line.startsWith("org.xfrmctl.cli.Main "));
        assertThat(ours(first, "file:")).isEmpty();
        List<String> second = classes("state", "--help");
        assertThat(ours(second, "shared objects file"))
                .anyMatch(line -> line.startsWith("org.xfrmctl.cli.StateCommand "));
        assertThat(ours(second, "file:")).hasSizeLessThan(5);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsa"))).hasSize(1);
        }
    }
}
