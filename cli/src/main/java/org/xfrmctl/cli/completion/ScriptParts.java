package org.xfrmctl.cli.completion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The parts of the scripts that are the same whatever the commands are, as files of a shell's own language. */
final class ScriptParts {
    private ScriptParts() {}

    static String read(String name) {
        try (InputStream in = Objects.requireNonNull(ScriptParts.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
