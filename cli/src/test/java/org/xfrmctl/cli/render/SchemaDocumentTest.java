package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * docs/JSON.md and docs/schema list the same members. That the page lists what is printed, {@link JsonDocumentTest} holds.
 */
class SchemaDocumentTest {
    private static final String STATE = "state.schema.json#/$defs/";
    private static final String POLICY = "policy.schema.json#/$defs/";
    private static final String PARTS = "parts.schema.json#/$defs/";
    private static final String MTU = "mtu.schema.json#/$defs/";
    /** Sections of the page, and what the schemas have of them: first what a table with "left out" is about. */
    private static final Map<String, List<String>> SECTIONS = Map.ofEntries(
            Map.entry("state", List.of(STATE + "state")),
            Map.entry("policy", List.of(POLICY + "policy")),
            Map.entry("sel", List.of(PARTS + "sel")),
            Map.entry("tmpl", List.of(PARTS + "tmpl")),
            Map.entry("algorithms", List.of(PARTS + "algorithms")),
            Map.entry("replay", List.of(PARTS + "replay")),
            Map.entry("limit", List.of(PARTS + "limit")),
            Map.entry("encap", List.of(PARTS + "encap")),
            Map.entry("offload", List.of(PARTS + "offload")),
            Map.entry("security_context", List.of(PARTS + "security_context")),
            Map.entry("other", List.of(PARTS + "other")),
            Map.entry("counts", List.of(STATE + "count", POLICY + "count")),
            Map.entry("defaults", List.of(POLICY + "defaults")),
            Map.entry("deletions", List.of(PARTS + "deletions")),
            Map.entry("mtu", List.of(MTU + "child", MTU + "failed")),
            Map.entry("way", List.of(MTU + "way")),
            Map.entry("layers", List.of(MTU + "layer")),
            Map.entry("flows", List.of(MTU + "flow")),
            Map.entry("kernel", List.of(MTU + "word")),
            Map.entry("probe", List.of("mtu-probe.schema.json#")));

    private final JsonPage page = new JsonPage();

    private static List<String> schemas(String section) {
        return SECTIONS.getOrDefault(section, List.of());
    }

    @Test
    void everySectionHasASchema() {
        assertThat(page.members().keySet()).containsExactlyInAnyOrderElementsOf(SECTIONS.keySet());
    }

    @Test
    void membersAreThoseOfTheTables() {
        page.members().forEach((section, listed) -> {
            Set<String> known = new TreeSet<>();
            schemas(section)
                    .forEach(reference ->
                            known.addAll(SchemaMembers.of(reference).names()));

            assertThat(known).as(section).isEqualTo(new TreeSet<>(listed.keySet()));
        });
    }

    /** Whether an object with members that have dots may be left out, the page does not say. */
    @Test
    void whatIsNeverLeftOutIsRequired() {
        page.members().forEach((section, listed) -> {
            Set<String> never = listed.entrySet().stream()
                    .filter(row -> row.getValue().equals("never"))
                    .map(Map.Entry::getKey)
                    .filter(name -> !name.contains("."))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!never.isEmpty()) {
                Set<String> required =
                        new TreeSet<>(SchemaMembers.of(schemas(section).get(0)).required());
                required.retainAll(listed.keySet());

                assertThat(required).as(section).isEqualTo(never);
            }
        });
    }

    private static Stream<SchemaMembers> events() {
        return SchemaMembers.of("monitor.schema.json#/$defs/heard")
                .node()
                .path("oneOf")
                .valueStream()
                .map(each -> SchemaMembers.of(
                        "monitor.schema.json" + each.path("$ref").asText()));
    }

    @Test
    void eventsAreThoseOfTheTable() {
        Set<Set<String>> known = new LinkedHashSet<>();
        events().forEach(event -> {
            Set<String> words = event.words("event");
            for (String word : words) {
                Set<String> members = new TreeSet<>(event.names());
                members.remove("event");
                members.add("event " + word);
                known.add(members);
            }
        });

        assertThat(known).isEqualTo(page.events());
    }

    @Test
    void whatStandsAroundEventsIsThatOfTheTable() {
        ObjectNode heard = (ObjectNode)
                SchemaMembers.of("monitor.schema.json#/$defs/heard").node();
        heard.remove("oneOf");
        Set<String> around = new SchemaMembers("monitor", heard).names();
        around.remove("event");

        assertThat(around).isEqualTo(page.aroundEvents());
    }

    /** Explanations have no tables: each member and each word stands in the text, and what stands there is one of them. */
    @Test
    void explanationsAreThoseOfTheText() {
        Set<String> known = new TreeSet<>();
        collect(SchemaFiles.read("explain"), known);
        Set<String> listed = new TreeSet<>(JsonPage.quoted(page.section("Explain")));
        listed.remove("explain");

        assertThat(known).isEqualTo(listed);
    }

    /** The names of members, and the words that are their values, but for those of other files. */
    private static void collect(JsonNode schema, Set<String> names) {
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        schema.path("enum").forEach(word -> names.add(word.asText()));
        schema.forEach(inner -> collect(inner, names));
    }

    /** Where the page lists words, the schema has them; those that have no name are numbers besides. */
    @ParameterizedTest
    @CsvSource({
        "State, mode, state.schema.json#/$defs/state",
        "State, flag, state.schema.json#/$defs/state",
        "State, extra_flag, state.schema.json#/$defs/state",
        "State, dir, state.schema.json#/$defs/state",
        "Policy, action, policy.schema.json#/$defs/policy",
        "Policy, ptype, policy.schema.json#/$defs/policy",
        "Policy, share, policy.schema.json#/$defs/policy",
        "Policy, flag, policy.schema.json#/$defs/policy",
        "Parts, level, parts.schema.json#/$defs/tmpl",
        "Parts, mode, parts.schema.json#/$defs/offload",
        "Defaults, in, policy.schema.json#/$defs/defaults"
    })
    void wordsAreThoseOfTheTables(String section, String member, String reference) {
        List<String> listed = new ArrayList<>();
        page.section(section)
                .lines()
                .filter(line -> line.startsWith("| `" + member + "` |"))
                .map(line -> JsonPage.quoted(JsonPage.cells(line).get(2)))
                .filter(words -> !words.isEmpty())
                .forEach(listed::addAll);

        assertThat(SchemaMembers.of(reference).words(member)).containsExactlyInAnyOrderElementsOf(listed);
    }
}
