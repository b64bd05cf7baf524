package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Any text is a definition, or is refused with a line and a column. */
class DefinitionFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void yaml(byte[] bytes) {
        read(bytes, "nowhere/home.yaml");
    }

    @FuzzTest(maxDuration = "1m")
    void json(byte[] bytes) {
        read(bytes, "nowhere/home.json");
    }

    private static void read(byte[] bytes, String file) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.contains("include")) {
            return; // It would read files of this machine.
        }
        try {
            assertThat(DefinitionReader.parse(text, Path.of(file)).toString()).isNotEmpty();
        } catch (ConfigException refused) {
            assertThat(refused.getMessage().lines()).allMatch(line -> line.matches("[^:]+:[0-9]+:[0-9]+: .+"));
        }
    }
}
