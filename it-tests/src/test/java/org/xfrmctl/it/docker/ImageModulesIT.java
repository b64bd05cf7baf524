package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Java in the image has the modules that the classes of the jar ask for: a missing one would be found out at the users'. */
class ImageModulesIT {
    private static final Path JAR =
            Path.of("..", "cli", "target", "xfrmctl.jar").toAbsolutePath().normalize();
    private static final Path SCRIPT = Path.of("..", "launch", "image");
    private static final Pattern MODULES = Pattern.compile("(?m)^modules=(.*)$");
    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^ +([\\w.]+) +-> .*[ (]((java|jdk)\\.[\\w.]+)\\)?$");

    /** They serve types of databases, XML and beans to programs that have them, and go without. */
    private static final List<String> DO_WITHOUT =
            List.of("com.fasterxml.jackson.databind.", "org.yaml.snakeyaml.introspector");

    @Test
    void nothingButWhatDoesWithoutAsksForMore() throws IOException {
        var script = MODULES.matcher(Files.readString(SCRIPT));
        assertThat(script.find()).isTrue();
        Set<String> modules = Set.of(script.group(1).split(","));

        List<MatchResult> dependencies =
                DEPENDENCY.matcher(dependencies()).results().toList();

        assertThat(dependencies.stream()
                        .filter(each -> DO_WITHOUT.stream().noneMatch(each.group(1)::startsWith))
                        .map(each -> each.group(2))
                        .collect(Collectors.toSet()))
                .isEqualTo(modules);
    }

    private static String dependencies() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        "--multi-release",
                        "17",
                        "--ignore-missing-deps",
                        "-verbose:package",
                        JAR.toString());
        assertThat(status).as(err.toString()).isZero();
        return out.toString();
    }
}
