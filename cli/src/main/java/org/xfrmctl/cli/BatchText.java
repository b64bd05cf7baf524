package org.xfrmctl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a batch, and what it is called in messages.
 *
 * @param directory where key files are looked for that the text names
 */
record BatchText(String name, Path directory, String text) {
    private static final String STANDARD_INPUT = "-";
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** Reads a file, or standard input where {@code -} is its name. */
    static BatchText read(String file, InputStream standardInput) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return new BatchText("stdin", Path.of(""), text("stdin", standardInput.readAllBytes()));
            }
            Path path = Path.of(file);
            return new BatchText(file, path.resolveSibling(""), text(file, Files.readAllBytes(path)));
        } catch (FileSystemException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(new FileSystemException(file, null, e.getMessage()));
        }
    }

    private static String text(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new CommandFailedException(name + " is no text in UTF-8", "keys that are no text are written as 0x…");
        }
    }
}
