package org.xfrmctl.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds JSON from plain values, so that what is printed is chosen field by field and no key slips in by reflection. */
public final class Json {
    private static final ObjectWriter PAGE = new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectWriter LINE = new ObjectMapper().writer();

    private Json() {}

    /** Names and values in turn; an empty {@link Optional} leaves its name out. */
    public static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            if (namesAndValues[i + 1] instanceof Optional<?> optional) {
                optional.ifPresent(value -> object.put(name, value));
            } else {
                object.put(name, namesAndValues[i + 1]);
            }
        }
        return object;
    }

    /** One object with the members of all, in their order. A name that two of them have would lose a value. */
    @SafeVarargs
    static Map<String, Object> join(Map<String, Object>... objects) {
        Map<String, Object> joined = new LinkedHashMap<>();
        for (Map<String, Object> object : objects) {
            object.forEach((name, value) -> {
                if (joined.put(name, value) != null) {
                    throw new IllegalStateException("two members are called \"" + name + "\"");
                }
            });
        }
        return joined;
    }

    /** An unsigned 64-bit number: JSON has no sign to misread. */
    static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    static long unsigned(int bits) {
        return Integer.toUnsignedLong(bits);
    }

    static Optional<Long> unsigned(OptionalInt bits) {
        return bits.isPresent() ? Optional.of(unsigned(bits.getAsInt())) : Optional.empty();
    }

    /** An unsigned number whose zero means "none". */
    static Optional<Long> unlessZero(int bits) {
        return bits == 0 ? Optional.empty() : Optional.of(unsigned(bits));
    }

    /** As for 32 bits. */
    static Optional<BigInteger> unlessZero(long bits) {
        return bits == 0 ? Optional.empty() : Optional.of(unsigned(bits));
    }

    /** Bits that are looked at one by one: masks, and flags without a name. */
    static String hex(int bits) {
        return "0x" + Integer.toHexString(bits);
    }

    /**
     * What a command prints with {@code --json}: the list; or, of one look among several, a line with its time in Unix
     * milliseconds and the list as a member.
     */
    public static String document(List<?> list, String member, Optional<Instant> time) {
        return time.map(look -> printLine(object("time", look.toEpochMilli(), member, list)))
                        .orElseGet(() -> print(list))
                + System.lineSeparator();
    }

    /** A member on each line, for people as well as programs; no line break at the end. */
    public static String print(Object value) {
        return print(value, PAGE);
    }

    /** All on one line, for streams of values; no line break at the end, and none inside whatever the value holds. */
    public static String printLine(Object value) {
        return print(value, LINE);
    }

    private static String print(Object value, ObjectWriter writer) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@link JsonArray}: the array that {@link #print} makes of a list, an element at a time. */
    static SequenceWriter array(Writer out) throws IOException {
        return PAGE.without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValuesAsArray(out);
    }
}
