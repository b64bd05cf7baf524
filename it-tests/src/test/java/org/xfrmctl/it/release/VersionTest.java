package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The version stands in the root pom, and the changelog tells of it. */
class VersionTest {
    private static final Pattern REVISION = Pattern.compile("<revision>([^<]+)</revision>");

    private final String root = Files.readString(Built.ROOT.resolve("pom.xml"));

    VersionTest() throws IOException {}

    @Test
    void standsInOnePlace() throws IOException {
        String version = version();
        try (Stream<Path> modules = Files.list(Built.ROOT)) {
            List<Path> poms = modules.map(each -> each.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList();
            assertThat(poms).hasSizeGreaterThan(6);
            for (Path pom : poms) {
                assertThat(Files.readString(pom))
                        .as(pom.toString())
                        .contains("<version>${revision}</version>")
                        .doesNotContain(version);
            }
        }
        assertThat(root.split(Pattern.quote(version), -1)).hasSize(2);
    }

    @Test
    void hasAPlaceInTheChangelog() throws IOException {
        String version = version();
        String changelog = Files.readString(Built.ROOT.resolve("CHANGELOG.md"));
        String heading = version.endsWith("-SNAPSHOT") ? "## [Unreleased]\n" : "## [" + version + "] - ";
        assertThat(changelog).contains(heading);
    }

    @Test
    void isTheOneThatTheDocumentsName() throws IOException {
        String released = version().replace("-SNAPSHOT", "");
        assertThat(Files.readString(Built.ROOT.resolve(Path.of("docs", "LIBRARIES.md"))))
                .contains("  <version>" + released + "</version>\n");
    }

    private String version() {
        Matcher found = REVISION.matcher(root);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
