package org.xfrmctl.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.model.XfrmCounter;

/** What the dashboard, the alerts and the documentation say of metrics is what there is. */
class MetricsFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/METRICS.md");
    private static final Path DASHBOARD = ROOT.resolve("contrib/grafana/xfrmctl.json");
    private static final Path RULES = ROOT.resolve("contrib/prometheus/xfrmctl.rules.yml");

    private static final Pattern NAME = Pattern.compile("\\bxfrmctl_[a-z_]*[a-z](?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(?:=~|!=|!~|=)\"([^\"]*)\"");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:by|without|on|ignoring) ?\\(([a-z_, ]*)\\)");
    private static final Pattern TABLE =
            Pattern.compile("(?s)(<!-- MetricsFilesTest [^\n]*-->\n).*?(\n<!-- end of the table -->)");

    /** What Prometheus adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private static final Map<String, Set<String>> VALUES = Map.of(
            "direction", Set.of("in", "fwd", "out"),
            "protocol", Set.of("esp", "ah", "ipcomp", "ipip"),
            "reason", Set.of("replay_window", "replay", "integrity"),
            "limit", Set.of("soft", "hard"),
            "result", Set.of("done", "failed"),
            "what", Set.of("tables", "interfaces"),
            "condition", names(ChildStatus.Condition.values()),
            "counter",
                    Arrays.stream(XfrmCounter.values())
                            .map(XfrmCounter::toString)
                            .collect(Collectors.toSet()));

    private static Set<String> names(ChildStatus.Condition... conditions) {
        return Arrays.stream(conditions)
                .map(condition -> condition.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @Test
    void theDocumentHasATableOfAll() throws IOException {
        String text = Files.readString(DOCUMENT);
        String rows = Arrays.stream(Metric.values())
                .map(metric -> "| `" + metric + "` | " + metric.type() + " | "
                        + metric.labels().stream()
                                .map(label -> "`" + label + "`")
                                .collect(Collectors.joining(" "))
                        + " | " + metric.help() + " |")
                .collect(Collectors.joining(
                        "\n", "| metric | type | labels | meaning |\n| --- | --- | --- | --- |\n", ""));
        Matcher table = TABLE.matcher(text);
        assertThat(table.find()).isTrue();
        String right = text.substring(0, table.end(1)) + rows + text.substring(table.start(2));
        if (Boolean.getBoolean("xfrmctl.metrics.write")) {
            Files.writeString(DOCUMENT, right);
            return;
        }

        assertThat(text).as("-Dxfrmctl.metrics.write=true writes it").isEqualTo(right);
        expressions(text).forEach(MetricsFilesTest::check);
    }

    /** The queries and examples of the document: lines that are indented. */
    private static List<String> expressions(String text) {
        List<String> blocks =
                text.lines().filter(line -> line.startsWith("    ")).toList();
        assertThat(blocks).isNotEmpty();
        return blocks.stream().filter(line -> !line.contains("regex:")).toList();
    }

    @Test
    void theDashboardAsksForWhatThereIs() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        List<String> queries = new ArrayList<>();
        dashboard.findValues("expr").forEach(node -> queries.add(node.asText()));
        dashboard.findValues("definition").forEach(node -> queries.add(node.asText()));

        assertThat(queries).hasSizeGreaterThan(20);
        queries.forEach(MetricsFilesTest::check);
        assertThat(used(queries))
                .as("what a person would look at")
                .contains(
                        Metric.CHILD_BYTES,
                        Metric.XFRM_STAT,
                        Metric.CHILD_REFUSED,
                        Metric.SEQUENCE_LEFT,
                        Metric.STATE_ADDED,
                        Metric.STATE_EXPIRY,
                        Metric.CONDITION,
                        Metric.REPAIRS);
    }

    @Test
    void everyPanelIsForTheChosenSourceAndHasItsPlace() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<Integer> ids = new LinkedHashSet<>();
        Set<String> cells = new LinkedHashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            assertThat(panel.path("description").asText()).as(title).isNotEmpty();
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            }
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell = (x + place.path("x").asInt()) + ","
                            + (y + place.path("y").asInt());
                    assertThat(cells.add(cell)).as(title + " at " + cell).isTrue();
                }
            }
        }
        assertThat(dashboard.path("templating").findValuesAsText("name"))
                .contains("datasource", "instance", "connection", "child");
    }

    @Test
    void theAlertsAskForWhatThereIs() throws IOException {
        String rules = Files.readString(RULES);
        List<String> expressions =
                Stream.of(rules.split("- alert: ", -1)).skip(1).toList();

        expressions.forEach(MetricsFilesTest::check);
        assertThat(expressions).allSatisfy(rule -> assertThat(rule).contains("expr: ", "severity: ", "summary: "));
        assertThat(used(expressions))
                .contains(
                        Metric.UP,
                        Metric.CONDITION,
                        Metric.SEQUENCE_LEFT,
                        Metric.CHILD_REFUSED,
                        Metric.XFRM_STAT,
                        Metric.LAST_LOOK);
    }

    private static Set<Metric> used(List<String> queries) {
        return queries.stream()
                .flatMap(query -> NAME.matcher(query).results())
                .map(MetricsFilesTest::metric)
                .collect(Collectors.toSet());
    }

    private static Metric metric(MatchResult found) {
        String name = found.group().replaceAll("\\{.*", "");
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric " + name));
    }

    /** Every metric is there and has the labels that it is asked by, with values that they can have. */
    private static void check(String query) {
        Set<String> labels = new LinkedHashSet<>(OF_PROMETHEUS);
        NAME.matcher(query).results().forEach(found -> {
            Metric metric = metric(found);
            labels.addAll(metric.labels());
            if (found.group(1) != null) {
                MATCHER.matcher(found.group(1)).results().forEach(label -> {
                    String name = label.group(1);
                    assertThat(Stream.concat(OF_PROMETHEUS.stream(), metric.labels().stream()))
                            .as(found.group())
                            .contains(name);
                    if (VALUES.containsKey(name)) {
                        assertThat(VALUES.get(name))
                                .as(found.group())
                                .contains(label.group(2).split("\\|", -1));
                    }
                });
            }
        });
        GROUPED.matcher(query)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(", *", -1)))
                .forEach(label -> assertThat(labels).as(query).contains(label));
    }
}
