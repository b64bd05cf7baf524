package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of docs/schema are schemas, and know one another. */
class SchemaFilesTest {
    /** What they are written with; a misspelt keyword is none, and checks nothing. */
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$id",
            "$ref",
            "$defs",
            "title",
            "description",
            "type",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "items",
            "minItems",
            "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "minProperties",
            "required",
            "dependentRequired",
            "oneOf",
            "anyOf",
            "allOf");
    /** Their values hold schemas by names of their own, or no schemas. */
    private static final Set<String> NAMES = Set.of("properties", "patternProperties", "$defs");

    private static final Set<String> PLAIN = Set.of("enum", "required", "dependentRequired");

    @ParameterizedTest
    @MethodSource("org.xfrmctl.cli.render.SchemaFiles#names")
    void eachIsASchemaByItsName(String name) {
        SchemaFiles.assertSchema(name);

        JsonNode schema = SchemaFiles.read(name);
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asText()).isEqualTo(SchemaFiles.BASE + name + ".schema.json");
        assertThat(schema.path("title").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.xfrmctl.cli.render.SchemaFiles#names")
    void keywordsAreSpeltAsTheDraftHasThem(String name) {
        Set<String> keywords = new TreeSet<>();
        collect(SchemaFiles.read(name), keywords);

        assertThat(KEYWORDS).containsAll(keywords);
    }

    private static void collect(JsonNode schema, Set<String> keywords) {
        schema.forEachEntry((keyword, value) -> {
            keywords.add(keyword);
            if (NAMES.contains(keyword)) {
                value.forEach(inner -> collect(inner, keywords));
            } else if (!PLAIN.contains(keyword)) {
                collect(value, keywords);
            }
        });
        if (schema.isArray()) {
            schema.forEach(inner -> collect(inner, keywords));
        }
    }

    /** What is in {@code parts} is there for others. */
    @Test
    void everyPartIsReferredTo() {
        Set<String> parts = new TreeSet<>();
        SchemaFiles.read("parts").path("$defs").fieldNames().forEachRemaining(parts::add);
        StringBuilder text = new StringBuilder();
        SchemaFiles.names().forEach(name -> text.append(SchemaFiles.read(name)));

        assertThat(parts).allSatisfy(part -> assertThat(text).contains("#/$defs/" + part + "\""));
    }

    @Test
    void whatIsNoFileIsNotAsked() {
        assertThatThrownBy(() -> SchemaFiles.assertSchema("nothing")).isInstanceOf(RuntimeException.class);
    }
}
