package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema is for editors; nothing in the program reads it, so it is held here to what the reader knows. The same for the docs. */
class DefinitionSchemaTest {
    private static JsonNode schema() throws Exception {
        try (InputStream in = Vocabulary.class.getResourceAsStream("definition.schema.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasTheKeysThatTheReaderKnows(Vocabulary vocabulary) throws Exception {
        JsonNode part = vocabulary == Vocabulary.FILE
                ? schema()
                : schema().path("$defs").path(vocabulary.name().toLowerCase(Locale.ROOT));
        List<String> keys = new ArrayList<>();
        part.path("properties").fieldNames().forEachRemaining(keys::add);

        assertThat(keys).containsExactlyInAnyOrderElementsOf(vocabulary.known());
        assertThat(part.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentationNamesEveryKey(Vocabulary vocabulary) throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "DEFINITION.md")))
                .contains(
                        vocabulary.known().stream().map(key -> '`' + key + '`').toList());
    }

    @Test
    void hasTheSuitesThatTheReaderKnows() throws Exception {
        List<String> suites = new ArrayList<>();
        schema().at("/$defs/child/properties/esp_proposals/oneOf/0/enum").forEach(suite -> suites.add(suite.asText()));

        assertThat(suites).containsExactlyInAnyOrderElementsOf(EspProposals.names());
    }

    @Test
    void everyReferenceHasATarget() throws Exception {
        JsonNode schema = schema();
        for (String reference : schema.findValuesAsText("$ref")) {
            assertThat(schema.at(reference.substring(1)).isObject())
                    .as(reference)
                    .isTrue();
        }
    }
}
