package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of a checkout, with a Java that only tells what it was asked. {@code LauncherIT} has a real one. */
@Timeout(60)
class LauncherTest {
    private static final String MADE = "made with an archive\n";
    private static final String PLAIN = "ran without an archive\n";

    @TempDir
    private Path directory;

    private LauncherBench bench;
    private Path place;

    @BeforeEach
    void lay() throws IOException {
        bench = new LauncherBench(directory);
        place = bench.directory("place");
    }

    private String version() throws IOException, InterruptedException {
        return bench.run(place.toString(), "--version");
    }

    private List<Path> archives() throws IOException {
        return bench.archives(place);
    }

    @Test
    void anArchiveIsMadeOnceAndThenUsed() throws Exception {
        assertThat(version()).isEqualTo(MADE);
        assertThat(version()).isEqualTo(MADE);

        assertThat(archives()).hasSize(1);
        assertThat(bench.dumps()).isEqualTo(1);
    }

    @Test
    void argumentsGetToTheProgramAsTheyAre() throws Exception {
        version();

        assertThat(bench.run(place.toString(), "explain", "", "a b", "*", "--json"))
                .isEqualTo(MADE + "<explain>\n<>\n<a b>\n<*>\n<--json>\n");
    }

    @Test
    void itStandsBesideTheJarIfNobodySaysWhere() throws Exception {
        assertThat(bench.run("", "--version")).isEqualTo(MADE);

        assertThat(bench.archives(bench.jar().resolveSibling(""))).hasSize(1);
    }

    @Test
    void noneIsMadeWhereItIsNotWanted() throws Exception {
        assertThat(bench.run("off", "--version")).isEqualTo(PLAIN);

        assertThat(bench.dumps()).isZero();
    }

    @Test
    void behindTheTabKeyNothingIsBuiltOrMade() throws Exception {
        Files.setLastModifiedTime(bench.jar(), FileTime.fromMillis(-1000));

        assertThat(bench.runAsIs(place.toString(), "--version")).isEqualTo(PLAIN);
        assertThat(bench.dumps()).isZero();

        Files.delete(bench.jar());
        assertThat(bench.runAsIs(place.toString(), "--version"))
                .isEqualTo("xfrmctl: not built yet, and XFRMCTL_AS_IS is set: leave that out, and it is built\n");
    }

    @Test
    void anArchiveThatIsThereIsUsedThereToo() throws Exception {
        version();

        assertThat(bench.runAsIs(place.toString(), "--version")).isEqualTo(MADE);
    }

    @Test
    void anotherJarHasAnArchiveOfItsOwn() throws Exception {
        version();
        Files.writeString(bench.jar(), "another");
        Files.setLastModifiedTime(bench.jar(), FileTime.fromMillis(4_000_000_000_001L));

        assertThat(version()).isEqualTo(MADE);
        assertThat(bench.dumps()).isEqualTo(2);
    }

    @Test
    void anotherJavaHasAnArchiveOfItsOwn() throws Exception {
        version();
        Files.writeString(bench.modules(), "another");

        assertThat(version()).isEqualTo(MADE);
        assertThat(bench.dumps()).isEqualTo(2);
    }

    @Test
    void theOldestGo() throws Exception {
        for (int i = 1; i <= 5; i++) {
            Files.writeString(bench.modules(), "x".repeat(i));
            version();
        }

        assertThat(bench.dumps()).isEqualTo(5);
        assertThat(archives()).hasSize(3);
    }

    @Test
    void whatFailedIsNotTriedAtEachStart() throws Exception {
        bench.letDumpsEndWith(1);

        assertThat(version()).isEqualTo(PLAIN);
        assertThat(version()).isEqualTo(PLAIN);
        assertThat(bench.dumps()).isEqualTo(1);
        assertThat(archives()).isEmpty();
    }

    @Test
    void whatWasKilledIsTriedAgain() throws Exception {
        bench.letDumpsEndWith(137);
        assertThat(version()).isEqualTo(PLAIN);
        bench.letDumpsSucceed();

        assertThat(version()).isEqualTo(MADE);
    }

    @Test
    void onAFullDiskNoneIsMadeUntilThereIsRoom() throws Exception {
        assertThat(bench.runWithoutRoom(place.toString(), "--version")).isEqualTo(PLAIN);
        assertThat(bench.dumps()).isZero();

        assertThat(version()).isEqualTo(MADE);
    }

    /** The signal goes to all that a terminal has in the foreground. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void whoStopsItWhileItMakesOneHasStoppedTheCommand(String signal, int status) throws Exception {
        Process process = bench.beginAndHold(place.toString());
        LauncherBench.signal(process, signal, true);

        assertThat(LauncherBench.ended(process)).isEmpty();
        assertThat(process.exitValue()).isEqualTo(status);
        assertThat(bench.scratch()).isEmpty();
        assertThat(version()).isEqualTo(MADE);
    }

    @Test
    void thatHoldsForASignalToTheLauncherAlone() throws Exception {
        Process process = bench.beginAndHold(place.toString());
        LauncherBench.signal(process, "INT", false);
        bench.release();

        assertThat(LauncherBench.ended(process)).isEmpty();
        assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void nobodyWaitsForAnotherWhoMakesIt() throws Exception {
        Process first = bench.beginAndHold(place.toString());

        assertThat(version()).isEqualTo(PLAIN);
        bench.release();

        assertThat(LauncherBench.ended(first)).isEqualTo(MADE);
        assertThat(bench.dumps()).isEqualTo(1);
        assertThat(version()).isEqualTo(MADE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/no-such-place", "/dev/null/place"})
    void whereNothingCanBeWrittenThereIsNoneAndNothingIsSaid(String nowhere) throws Exception {
        assertThat(bench.run(nowhere, "--version")).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx"})
    void whereOthersCanWriteNoneIsReadOrMade(String mode) throws Exception {
        version();
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
        assertThat(version()).isEqualTo(PLAIN);

        Files.delete(archives().get(0));
        assertThat(version()).isEqualTo(PLAIN);
        assertThat(archives()).isEmpty();
    }

    @Test
    void thatHoldsForTheDirectoriesAboveToo() throws Exception {
        Path below = bench.directory("place", "below");
        bench.run(below.toString(), "--version");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(bench.run(below.toString(), "--version")).isEqualTo(PLAIN);
    }

    @Test
    void anArchiveThatOthersCanWriteIsReplaced() throws Exception {
        version();
        Files.setPosixFilePermissions(archives().get(0), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(version()).isEqualTo(MADE);
        assertThat(bench.dumps()).isEqualTo(2);
        assertThat(Files.getPosixFilePermissions(archives().get(0)))
                .doesNotContain(PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);
    }

    @Test
    void anArchiveThatIsASymbolicLinkIsReplaced() throws Exception {
        version();
        Path archive = archives().get(0);
        Files.createSymbolicLink(archive, Files.move(archive, directory.resolve("elsewhere")));

        assertThat(version()).isEqualTo(MADE);
        assertThat(bench.dumps()).isEqualTo(2);
        assertThat(Files.isSymbolicLink(archive)).isFalse();
    }

    @Test
    void ofSeveralPlacesTheFirstThatWillDoIsTaken() throws Exception {
        Path open = bench.directory("open");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(bench.source("archive_use \"$1\" \"$2\" \"$3\" /proc/none \"$4\"", open, place))
                .isEmpty();
        assertThat(archives()).hasSize(1);
        assertThat(bench.archives(open)).isEmpty();
    }

    @Test
    void aColonWouldMeanTwoArchives() throws Exception {
        assertThat(bench.run(bench.directory("a:b").toString(), "--version")).isEqualTo(PLAIN);
    }

    @Test
    void aLinkToItIsAsGood() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("a link"), bench.launcher());

        assertThat(bench.start(link, place.toString(), "--version")).isEqualTo(MADE);
    }

    @Test
    void javaIsFoundInThePathToo() throws Exception {
        assertThat(bench.runByPath(place.toString(), "--version")).isEqualTo(MADE);
    }

    @Test
    void aJavaThatIsNotThereIsAskedFor() throws Exception {
        Files.delete(bench.java());

        assertThat(version())
                .isEqualTo("xfrmctl: there is no " + bench.java()
                        + ": install package openjdk-17-jre-headless, or set JAVA_HOME to a Java of 17 or newer\n");
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        version();

        try (var files = Files.list(place)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.endsWith(".jsa"))
                            .toList())
                    .isEqualTo(List.of("archive.lock"));
        }
        assertThat(bench.scratch()).isEqualTo(Set.of());
    }
}
