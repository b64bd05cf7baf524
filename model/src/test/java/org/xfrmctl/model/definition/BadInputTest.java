package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text of every refusal: place, field, what was found, what is allowed. People read these; they are the product.
 * The cases stand in {@code bad-input.txt}: lines with {@code -} are exchanged for those with {@code +} in the
 * {@link Sample} (without {@code -}: instead of all of it), and {@code >} is the refusal.
 */
class BadInputTest {

    record Case(String name, String piece, String instead, String refusal) {
        static Case of(String block) {
            return new Case(block.lines().findFirst().orElse(""), part(block, "-"), part(block, "+"), part(block, ">"));
        }

        private static String part(String block, String sign) {
            List<String> lines = block.lines()
                    .skip(1)
                    .filter(line -> line.startsWith(sign))
                    .map(line -> line.length() > 1 ? line.substring(2) : "")
                    .toList();
            return String.join("\n", lines);
        }

        String text() {
            return piece.isEmpty() ? instead + "\n" : Sample.with(piece, instead);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> refusals() throws IOException {
        try (InputStream in = Objects.requireNonNull(BadInputTest.class.getResourceAsStream("bad-input.txt"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(all.split("(?m)^## ")).skip(1).map(Case::of);
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Case bad) {
        assertThat(refusal(bad.text())).isEqualTo(bad.refusal());
    }

    static String refusal(String text) {
        try {
            DefinitionReader.parse(text, Sample.FILE);
            return "";
        } catch (ConfigException e) {
            return e.problems().stream()
                    .map(Object::toString)
                    .reduce((a, b) -> a + "\n" + b)
                    .orElseThrow();
        }
    }

    @Test
    void theSampleItselfIsGood() {
        assertThat(Sample.read().children()).hasSize(1);
    }
}
