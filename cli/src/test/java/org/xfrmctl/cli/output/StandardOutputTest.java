package org.xfrmctl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private static final long SEED = 5;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final StandardOutput out = new StandardOutput(written);

    /** Whatever they are: text, parts of it, or none. */
    @Test
    void bytesComeOutAsTheyCameIn() throws IOException {
        Random random = new Random(SEED);
        byte[] words = "caf\u00e9 \u20ac \ud83d\ude00 x".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = words.clone();
            for (int spoil = random.nextInt(4); spoil > 0; spoil--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            expected.write(bytes);
            out.write(ByteText.of(new String(bytes, StandardCharsets.ISO_8859_1)));
        }
        out.flush();

        assertThat(written.toByteArray()).as("seed %d", SEED).isEqualTo(expected.toByteArray());
    }

    @Test
    void textIsUtf8() throws IOException {
        out.write("system\u00e8me \u2026 \ud83d\ude00");
        out.flush();

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("system\u00e8me \u2026 \ud83d\ude00");
    }

    @Test
    void aFailureIsRemembered() throws IOException {
        StandardOutput full = new StandardOutput(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("full");
            }
        });
        full.write("x");
        assertThat(full.failure()).isEmpty();
        assertThatIOException().isThrownBy(full::flush).withMessage("full");
        assertThat(full.failure()).hasValueSatisfying(why -> assertThat(why).hasMessage("full"));
    }
}
