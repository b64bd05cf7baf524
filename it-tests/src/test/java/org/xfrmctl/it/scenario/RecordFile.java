package org.xfrmctl.it.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Carries records between guest and host as JSON. */
public final class RecordFile {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RecordFile() {}

    public static void write(Path file, Object content) throws IOException {
        MAPPER.writeValue(file.toFile(), content);
    }

    public static <T> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(file.toFile(), type);
    }

    /** The names in the object to which {@code way} leads. */
    public static Set<String> fields(byte[] json, String... way) {
        try {
            JsonNode node = MAPPER.readTree(json);
            for (String step : way) {
                node = node.required(step);
            }
            Set<String> names = new LinkedHashSet<>();
            node.fieldNames().forEachRemaining(names::add);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
