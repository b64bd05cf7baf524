package org.xfrmctl.manager.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** A text file that is replaced as a whole: whoever reads it finds the old text or the new one. */
final class DurableFile {
    private DurableFile() {}

    /** The new text lasts when this returns. */
    static void replace(Path directory, String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Path next = directory.resolve(name + ".new");
        try (FileChannel channel = FileChannel.open(next, Set.of(CREATE, WRITE, TRUNCATE_EXISTING, NOFOLLOW_LINKS))) {
            ByteBuffer bytes = UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(directory);
    }

    /** Names in a directory last only when it has been written, too. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}
