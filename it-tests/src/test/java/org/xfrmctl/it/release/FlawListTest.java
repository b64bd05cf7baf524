package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.it.release.Sbom.Component;

class FlawListTest {
    private static final String REVIEWED = "org.example:codec\t2.4\t2026-11-26\tits changelog\n";

    @TempDir
    Path directory;

    @Test
    void theListsOfThisRepositoryCanBeRead() throws IOException {
        FlawList list = FlawList.read(Built.ROOT.resolve("release"));
        assertThat(list.reviews()).isNotEmpty();
        assertThat(list.flaws()).isNotEmpty();
    }

    @Test
    void aNewVersionHasToBeReviewed() throws IOException {
        FlawList list = list(REVIEWED, "");
        assertThat(list.problems(List.of(codec("2.4")))).isEmpty();
        assertThat(list.problems(List.of(codec("2.5"))))
                .containsExactly(
                        "org.example:codec 2.5: nobody has reviewed this version; look for its known flaws, add "
                                + "them to release/flaws.tsv and a line to release/reviewed.tsv");
    }

    @Test
    void whatIsNotShippedAnyMoreLeavesTheList() throws IOException {
        assertThat(list(REVIEWED, "").problems(List.of()))
                .containsExactly(
                        "org.example:codec: is not shipped any more; remove its line from release/reviewed.tsv");
    }

    @ParameterizedTest
    @CsvSource({"2.0, 2.4.1, true", "2.4, 2.5, true", "2.0, 2.4, false", "2.4.1, 3, false", "0, 2.10, true"})
    void aFlawConcernsTheVersionsInItsRange(String from, String before, boolean concerned) throws IOException {
        FlawList list = list(REVIEWED, flaw(from, before, "avoided"));
        assertThat(list.problems(List.of(codec("2.4"))))
                .isEqualTo(
                        concerned
                                ? List.of("org.example:codec 2.4: has CVE-1, GHSA-1; take " + before + " or newer")
                                : List.of());
    }

    @Test
    void aFlawThatWasJudgedHarmlessIsNone() throws IOException {
        FlawList list = list(REVIEWED, flaw("2.0", "2.5", "harmless"));
        assertThat(list.problems(List.of(codec("2.4")))).isEmpty();
        assertThat(list.isJudged(codec("2.4"), "GHSA-1")).isTrue();
        assertThat(list.isJudged(codec("2.4"), "GHSA-2")).isFalse();
        assertThat(list.isJudged(codec("2.5"), "GHSA-1")).isFalse();
    }

    @Test
    void saysWhatIsWrongWithALine() {
        assertThatThrownBy(() -> list("org.example:codec\t2.4\tyesterday\twhere\n", ""))
                .hasMessage("reviewed.tsv:1: found \"yesterday\"; allowed is a date like 2026-11-26");
        assertThatThrownBy(() -> list("org.example:codec 2.4\n", ""))
                .hasMessage("reviewed.tsv:1: found 1 fields; allowed is 4, with one tab between two");
        assertThatThrownBy(() -> list(REVIEWED, "\n# nothing\n" + flaw("2.0", "2.5", "maybe")))
                .hasMessage("flaws.tsv:3: found \"maybe\"; allowed is avoided, or harmless");
        assertThatThrownBy(() -> list(REVIEWED, flaw("2.0", "2.5-rc1", "avoided")))
                .hasMessage("found version \"2.5-rc1\"; allowed are numbers with points between them, like 2.21.8");
    }

    static Component codec(String version) {
        return new Component(
                "org.example", "codec", version, "pkg:maven/org.example/codec", Optional.empty(), List.of());
    }

    private static String flaw(String from, String before, String verdict) {
        return "org.example:codec\t" + from + "\t" + before + "\tCVE-1,GHSA-1\t" + verdict + "\t2026-11-26\twhy\n";
    }

    private FlawList list(String reviewed, String flaws) throws IOException {
        Files.writeString(directory.resolve("reviewed.tsv"), reviewed);
        Files.writeString(directory.resolve("flaws.tsv"), flaws);
        return FlawList.read(directory);
    }
}
