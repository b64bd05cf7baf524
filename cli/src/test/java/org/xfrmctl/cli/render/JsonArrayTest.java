package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonArrayTest {
    private static Map<String, Object> element(int number) {
        return Json.object("number", number, "words", List.of("a", "b"), "none", List.of(), "sub", Json.object("x", 1));
    }

    private static String written(int count) {
        StringWriter out = new StringWriter();
        try (JsonArray array = new JsonArray(out)) {
            IntStream.range(0, count).forEach(number -> array.add(element(number)));
        }
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000})
    void isWrittenAsTheWholeListWouldBe(int count) {
        List<Map<String, Object>> list =
                IntStream.range(0, count).mapToObj(JsonArrayTest::element).toList();

        assertThat(written(count)).isEqualTo(Json.print(list) + "\n");
    }

    @Test
    void hasAMemberOnEachLine() {
        assertThat(written(2)).isEqualTo("""
                [ {
                  "number" : 0,
                  "words" : [ "a", "b" ],
                  "none" : [ ],
                  "sub" : {
                    "x" : 1
                  }
                }, {
                  "number" : 1,
                  "words" : [ "a", "b" ],
                  "none" : [ ],
                  "sub" : {
                    "x" : 1
                  }
                } ]
                """);
        assertThat(written(0)).isEqualTo("[ ]\n");
    }

    /** So the heap does not grow with the list: what was added is out, but for a buffer. */
    @Test
    void keepsNoMoreThanABuffer() {
        StringWriter out = new StringWriter();
        int length = written(1).length();
        try (JsonArray array = new JsonArray(out)) {
            for (int number = 0; number < 10_000; number++) {
                array.add(element(number));
                assertThat(out.getBuffer().length()).isGreaterThan(number * (length - 10) - 16_384);
            }
        }
    }

    @Test
    void leavesTheWriterOpenAndFlushed() {
        Recorder out = new Recorder(Integer.MAX_VALUE);
        try (JsonArray array = new JsonArray(out)) {
            array.add(element(1));
            assertThat(out.flushes).isZero();
        }

        assertThat(out.closes).isZero();
        assertThat(out.flushes).isPositive();
    }

    @Test
    void saysWhenItsWriterFails() {
        JsonArray array = new JsonArray(new Recorder(0));

        assertThatThrownBy(() -> IntStream.range(0, 10_000).forEach(number -> array.add(element(number))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("full");
    }

    /** Takes so many characters, and counts what else is asked of it. */
    private static final class Recorder extends Writer {
        private final int room;
        private int taken;
        private int flushes;
        private int closes;

        Recorder(int room) {
            this.room = room;
        }

        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            taken += length;
            if (taken > room) {
                throw new IOException("full");
            }
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void close() {
            closes++;
        }
    }
}
