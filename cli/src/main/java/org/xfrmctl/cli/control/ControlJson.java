package org.xfrmctl.cli.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The lines of the protocol. All but ASCII is escaped: so a lone surrogate, which stands for a byte that is no text, gets to
 * the other side as it is.
 */
final class ControlJson {
    private static final JsonFactory LINES = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // A message may quote the sender's text; no source belongs into it.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private ControlJson() {}

    /** For whoever is asked. Who asks does without, for it takes longer to load than all else that he does. */
    private static final class Trees {
        private static final ObjectMapper MAPPER = JsonMapper.builder(LINES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();

        private Trees() {}
    }

    /** A line of an answer, whose value is one of the two, or neither if it is of a kind that this version does not know. */
    record Part(String name, Optional<String> text, OptionalInt number) {}

    /** A line with text, without its end. */
    static String line(String name, String value) {
        return line(name, lines -> lines.writeString(value));
    }

    static String line(String name, int value) {
        return line(name, lines -> lines.writeNumber(value));
    }

    static String line(String name, List<String> value) {
        return line(name, lines -> lines.writeArray(value.toArray(String[]::new), 0, value.size()));
    }

    @FunctionalInterface
    private interface Value {
        void write(JsonGenerator lines) throws IOException;
    }

    private static String line(String name, Value value) {
        StringWriter line = new StringWriter();
        try (JsonGenerator lines = LINES.createGenerator(line)) {
            lines.writeStartObject();
            lines.writeFieldName(name);
            value.write(lines);
            lines.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    static JsonNode read(String line) throws JsonProcessingException {
        return Trees.MAPPER.readTree(line);
    }

    /**
     * Reads an object of one member.
     *
     * @throws IOException if it is something else
     */
    static Part part(String line) throws IOException {
        try (JsonParser tokens = LINES.createParser(line)) {
            expect(tokens, JsonToken.START_OBJECT);
            expect(tokens, JsonToken.FIELD_NAME);
            String name = tokens.currentName();
            JsonToken value = tokens.nextToken();
            Optional<String> text = Optional.empty();
            OptionalInt number = OptionalInt.empty();
            if (value == JsonToken.VALUE_STRING) {
                text = Optional.of(tokens.getText());
            } else if (value == JsonToken.VALUE_NUMBER_INT && tokens.getNumberType() == JsonParser.NumberType.INT) {
                number = OptionalInt.of(tokens.getIntValue());
            } else {
                tokens.skipChildren();
            }
            expect(tokens, JsonToken.END_OBJECT);
            if (tokens.nextToken() != null) {
                throw new IOException("there is more behind the object");
            }
            return new Part(name, text, number);
        }
    }

    private static void expect(JsonParser tokens, JsonToken token) throws IOException {
        if (tokens.nextToken() != token) {
            throw new IOException("it is no object of one member");
        }
    }
}
