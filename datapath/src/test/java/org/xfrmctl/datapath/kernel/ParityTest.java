package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/KERNEL-PARITY.md and the list of fixtures name tests that exist, and leave out nothing. */
class ParityTest {
    private static final Path DOCUMENT = Path.of("../docs/KERNEL-PARITY.md");
    private static final Path FIXTURES = Path.of("src/test/resources/org/xfrmctl/datapath/fixtures.tsv");
    private static final Path WIRE = Path.of("../netlink/src/test/resources/wire");
    private static final Path RESULTS = Path.of("src/test/resources/org/xfrmctl/datapath/results");
    private static final Path EXCLUDED = Path.of("src/test/resources/org/xfrmctl/datapath/excluded.tsv");
    private static final Pattern TEST = Pattern.compile("\\b([A-Z]\\w*Test)\\.(\\w+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]+) \\|");

    /** The source of each test class, by its name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }

    private static void exist(String text) throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> tests = TEST.matcher(text).results().toList();
        assertThat(tests).isNotEmpty();
        for (MatchResult test : tests) {
            // Tests are not private, and what only helps them is.
            Pattern method = Pattern.compile("(?m)^    void " + test.group(2) + "\\(");
            assertThat(method.matcher(sources.getOrDefault(test.group(1), "")).find())
                    .as("%s is a test", test.group())
                    .isTrue();
        }
    }

    @Test
    void theDocumentNamesTestsThatExist() throws IOException {
        exist(Files.readString(DOCUMENT));
    }

    @Test
    void theDocumentListsEveryMessage() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.of(RequestType.values()).map(Enum::name).toList());
    }

    /** Of what was captured, only what concerns routes and links has no userspace kernel to compare with. */
    @Test
    void everyFixtureIsCovered() throws IOException {
        List<String> lines = Files.readAllLines(FIXTURES).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        exist(String.join("\n", lines));
        List<Pattern> patterns = lines.stream()
                .map(line -> Pattern.compile(line.split("\t", 2)[0]))
                .toList();
        List<String> names = Stream.concat(names(WIRE), names(RESULTS))
                .filter(name -> !name.startsWith("route-"))
                .toList();
        assertThat(names).hasSizeGreaterThan(80);
        assertThat(names)
                .allSatisfy(name -> assertThat(patterns)
                        .as(name)
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
        assertThat(patterns)
                .allSatisfy(pattern -> assertThat(names)
                        .as(pattern.pattern())
                        .anyMatch(name -> pattern.matcher(name).matches()));
    }

    /** What is excluded from a table is excluded for a reason, and from one that is done again line for line. */
    @Test
    void onlyTablesThatAreDoneAgainHaveExcludedLines() throws IOException {
        String sources = String.join("\n", sources().values());
        List<String[]> excluded = Files.readAllLines(EXCLUDED).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
        assertThat(excluded).isNotEmpty().allSatisfy(fields -> {
            assertThat(sources).contains("(\"" + fields[0] + "\"");
            assertThat(fields[2]).as("reason").isNotBlank();
        });
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
