package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Files of {@code ip xfrm} commands, written once for each number of entries. */
record BatchFiles(Subject subject, Path directory) {
    /** The file that adds or deletes the first {@code count} entries. */
    Path file(Operation operation, int count) {
        Path file = directory.resolve(subject.word() + "-" + operation.word() + "-" + count);
        if (!Files.exists(file)) {
            write(file, operation, count);
        }
        return file;
    }

    private void write(Path file, Operation operation, int count) {
        IntFunction<String> words = operation == Operation.ADD ? subject::addWords : subject::deleteWords;
        String verb = "xfrm " + subject.word() + " " + operation.word() + " ";
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < count; i++) {
                out.append(verb).append(words.apply(i)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
