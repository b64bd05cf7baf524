package org.xfrmctl.model.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema (draft 2020-12) of definition files, for editors and for {@code xfrmctl schema}. The reader checks more
 * than a schema can say: what must be unique, fit together or exist.
 */
public final class DefinitionSchema {
    private static final String RESOURCE = "definition.schema.json";

    private DefinitionSchema() {}

    public static String text() {
        try (InputStream in = DefinitionSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
