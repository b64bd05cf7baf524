package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JSON Schemas of {@code docs/schema}, by the names of their files. */
public final class SchemaFiles {
    private static final Path PLACE = Path.of("..", "docs", "schema");
    private static final String END = ".schema.json";
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
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

    /** Fails unless it is JSON, and as the schema has it. */
    public static void assertValid(String name, String json) {
        try {
            JsonNode schema = JSON.readTree(PLACE.resolve(name + END).toFile());
            JsonSchema compiled = FACTORY.getSchema(schema);
            JsonNode value = JSON.readTree(json);
            assertThat(value.isMissingNode()).as("nothing was printed").isFalse();
            assertThat(compiled.validate(value)).as(json).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
