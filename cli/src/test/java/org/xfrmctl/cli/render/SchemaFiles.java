package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JSON Schemas of {@code docs/schema}, by the names of their files. They may refer to one another. */
public final class SchemaFiles {
    /** What their ids begin with; nothing is asked for there. */
    static final String BASE = "https://xfrmctl.org/schema/";

    private static final Path PLACE = Path.of("..", "docs", "schema");
    private static final String END = ".schema.json";
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaMappers(
                    mappers -> mappers.mapPrefix(BASE, PLACE.toUri().toString())));
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaFiles() {}

    /** All of them. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(PLACE)) {
            return files.map(file -> file.getFileName().toString().replace(END, ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What each is about: the commands that print it with {@code --json}, or something else. */
    public static List<String> titles() {
        return names().stream().map(name -> read(name).path("title").asText()).toList();
    }

    /** One of them as it stands. */
    static JsonNode read(String name) {
        try {
            return JSON.readTree(PLACE.resolve(name + END).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless it is JSON, and as the schema has it. */
    public static void assertValid(String name, String json) {
        try {
            JsonNode value = JSON.readTree(json);
            assertThat(value.isMissingNode()).as("nothing was printed").isFalse();
            assertThat(compiled(name).validate(value)).as(json).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean accepts(String name, JsonNode value) {
        return compiled(name).validate(value).isEmpty();
    }

    /** Fails unless it is a schema, and all that it refers to is there. */
    static void assertSchema(String name) {
        JsonSchema draft = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));
        assertThat(draft.validate(read(name))).as(name).isEmpty();
        compiled(name).initializeValidators();
    }

    private static JsonSchema compiled(String name) {
        return FACTORY.getSchema(SchemaLocation.of(BASE + name + END));
    }
}
