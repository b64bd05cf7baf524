package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefinitionSchemaTest {
    private static JsonNode schema() throws Exception {
        return new ObjectMapper().readTree(DefinitionSchema.text());
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
