package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file, reading it gives a definition or a {@link ConfigException} of one line per problem. */
class MutationTest {
    private static final String ODD = "{}[]:,&*!|>%@`\"'#-?~<= \n\t\u0000\u0001\ufffd\u2028é0xX_.()/\\";
    private static final int RUNS = 150;

    private static void read(String text, Path file, String how) {
        try {
            DefinitionReader.parse(text, file);
        } catch (ConfigException e) {
            assertThat(e.problems()).as(how).isNotEmpty();
            assertThat(e.getMessage().lines().count())
                    .as(how)
                    .isEqualTo(e.problems().size());
            assertThat(e.getMessage().lines()).as(how).allMatch(line -> line.matches("[^:]+:[0-9]+:[0-9]+: .+"));
        } catch (RuntimeException | StackOverflowError e) {
            fail(how + " gave " + e + " for\n" + text, e);
        }
    }

    private static String json() throws IOException {
        return new ObjectMapper().writeValueAsString(new ObjectMapper(new YAMLFactory()).readTree(Sample.GOOD));
    }

    @ParameterizedTest
    @CsvSource({"1, home.yaml", "2, home.yaml", "3, home.json"})
    void randomChanges(long seed, String name) throws IOException {
        String good = name.endsWith("json") ? json() : Sample.with("mode: tunnel", EveryOption.TEXT);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            StringBuilder text = new StringBuilder(good);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                change(text, random);
            }
            read(text.toString(), Path.of(name), "seed " + seed + " run " + run);
        }
    }

    private static void change(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        char odd = ODD.charAt(random.nextInt(ODD.length()));
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, odd);
            case 1 -> text.insert(at, odd);
            case 2 -> text.delete(at, Math.min(text.length() - 1, at + 1 + random.nextInt(12)));
            default -> {
                int from = random.nextInt(text.length());
                text.insert(at, text.substring(from, Math.min(text.length(), from + random.nextInt(40))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"home.yaml", "home.json"})
    void everyThirdTruncation(String name) throws IOException {
        String good = name.endsWith("json") ? json() : Sample.GOOD;
        for (int length = 0; length < good.length(); length += 3) {
            read(good.substring(0, length), Path.of(name), "truncated to " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a ", "!x ", "{\"a\":"})
    void deepNesting(String opening) {
        read(opening.repeat(1000), Path.of("deep.yaml"), "nested " + opening);
        read(opening.repeat(1000), Path.of("deep.json"), "nested " + opening);
    }
}
