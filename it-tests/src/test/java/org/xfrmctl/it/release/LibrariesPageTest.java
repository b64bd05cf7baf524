package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The programs in docs/LIBRARIES.md are the files of examples/library, which {@link LibraryExamplesIT} runs. */
class LibrariesPageTest {
    @Test
    void showsEveryExampleAsItIs() throws IOException {
        String page = Files.readString(Built.ROOT.resolve(Path.of("docs", "LIBRARIES.md")));
        try (Stream<Path> files = Files.list(Built.ROOT.resolve(Path.of("examples", "library")))) {
            List<Path> examples =
                    files.filter(each -> each.toString().endsWith(".java")).toList();
            assertThat(examples).isNotEmpty();
            for (Path each : examples) {
                assertThat(page).as(each.toString()).contains("```java\n" + Files.readString(each) + "```\n");
            }
        }
    }
}
