package org.xfrmctl.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.Main;

/** The whole comparison, with a handful of policies, in a namespace of this machine. How long it takes is not looked at. */
class SpeedRunTest {
    private static final String NUMBERS = " \\| [0-9].*";

    @TempDir
    private Path directory;

    @Test
    void everyContestantAddsDumpsAndDeletes() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(namespace().unshare());
        command.addAll(OwnJava.command(SpeedRun.class, List.of(launcher(), "1", "1", "policy", "40")));

        String table = new Program(directory).run(command).output();

        for (Operation operation : Operation.values()) {
            for (String by : List.of("library", "xfrmctl", "ip", "C, one by one", "C, 64 together")) {
                assertThat(table.lines())
                        .anyMatch(line -> line.matches("\\| " + operation.word() + " \\| " + by + NUMBERS));
            }
        }
        assertThat(table.lines()).anyMatch(line -> line.matches("\\| 2000 round trips, each" + NUMBERS));
        for (String by : List.of("library", "xfrmctl")) {
            assertThat(table.lines()).anyMatch(line -> line.matches("\\| dump of 40 policies \\| " + by + NUMBERS));
        }
    }

    private static FreshNamespace namespace() throws IOException, InterruptedException {
        for (String program : List.of("cc", "ip")) {
            assumeTrue(isInPath(program), "missing: " + program);
        }
        Optional<FreshNamespace> namespace = FreshNamespace.find();
        assumeTrue(namespace.isPresent(), FreshNamespace.NEEDED);
        return namespace.orElseThrow();
    }

    private static boolean isInPath(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** The program from this class path, started as the launcher of a checkout does, which would build it first. */
    private String launcher() throws IOException {
        Path launcher = directory.resolve("xfrmctl");
        List<String> java = new ArrayList<>(OwnJava.command(Main.class, List.of()));
        java.addAll(1, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        Files.writeString(launcher, "#!/bin/sh\nexec '" + String.join("' '", java) + "' \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return launcher.toString();
    }
}
