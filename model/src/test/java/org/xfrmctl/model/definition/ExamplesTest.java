package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions that the documentation shows are read, and the two ends of each fit together. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @ValueSource(strings = {"compress", "compress6", "transport", "plain-esp"})
    void bothEndsFit(String example) {
        Definition carol = DefinitionReader.read(EXAMPLES.resolve(example).resolve("carol.yaml"));
        Definition moon = DefinitionReader.read(EXAMPLES.resolve(example).resolve("moon.yaml"));

        Child here = carol.children().findFirst().orElseThrow();
        Child there = moon.children().findFirst().orElseThrow();
        assertThat(here.transform()).isEqualTo(there.transform());
        assertThat(here.traffic().local()).isEqualTo(there.traffic().remote());
        assertThat(here.traffic().remote()).isEqualTo(there.traffic().local());
        SaPair ours = (SaPair) here.sas();
        SaPair theirs = (SaPair) there.sas();
        assertThat(ours.out().spi()).isEqualTo(theirs.in().spi());
        assertThat(ours.in().cpi()).isEqualTo(theirs.out().cpi());
        assertThat(ours.in().key()).isEqualTo(theirs.out().key());
    }
}
