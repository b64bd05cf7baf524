package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What .dockerignore lets through is enough for Maven, which no test lets build the image: that would take its registry. */
class DockerContextTest {
    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

    @Test
    void eachModuleIsToldOfAtLeast() throws IOException {
        Path root = Path.of("..");
        List<String> passed = Files.readAllLines(root.resolve(".dockerignore"));
        List<String> modules = MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                .results()
                .map(each -> each.group(1))
                .toList();

        assertThat(modules)
                .isNotEmpty()
                .allSatisfy(module -> assertThat(passed).containsAnyOf("!" + module, "!" + module + "/pom.xml"));
    }
}
