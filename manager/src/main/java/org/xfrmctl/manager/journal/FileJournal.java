package org.xfrmctl.manager.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * A journal in a directory of its own: {@code journal}, which is replaced as a whole, and {@code lock}, which the open
 * journal has locked and which names the process. The kernel's tables do not outlive a boot, so neither does what is
 * written of them.
 */
public final class FileJournal implements Journal {
    private static final String JOURNAL = "journal";

    private final Path directory;
    private final String boot;
    private final WriterLock lock;

    private FileJournal(Path directory, String boot, WriterLock lock) {
        this.directory = directory;
        this.boot = boot;
        this.lock = lock;
    }

    /**
     * Waits until nobody else has the journal open.
     *
     * @param directory is made if it is not there
     * @param boot names this boot: of another one's journal nothing is taken
     * @throws JournalException if the directory cannot be used, or if somebody else still has it when patience ends
     */
    public static FileJournal open(Path directory, String boot, Duration patience) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new FileJournal(directory, boot, WriterLock.take(directory.resolve("lock"), patience));
        } catch (IOException e) {
            throw failed(directory, "use", e);
        }
    }

    /** What a journal holds, without opening it: whoever only looks needs not wait. */
    public static JournalRecord read(Path directory, String boot) {
        Path file = directory.resolve(JOURNAL);
        try {
            return JournalText.read(file.toString(), Files.readString(file), boot);
        } catch (NoSuchFileException nothingYet) {
            return JournalRecord.EMPTY;
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    @Override
    public JournalRecord read() {
        return read(directory, boot);
    }

    @Override
    public void write(JournalRecord record) {
        Path file = directory.resolve(JOURNAL);
        Path next = directory.resolve(JOURNAL + ".new");
        try {
            try (FileChannel channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
                ByteBuffer bytes = UTF_8.encode(JournalText.print(record, boot));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            // The new name lasts only when the directory has been written, too.
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw failed(file, "write", e);
        }
    }

    private static JournalException failed(Path path, String verb, IOException cause) {
        String reason = cause.getClass().getSimpleName().replaceAll("Exception$", "") + ", " + cause.getMessage();
        return new JournalException(
                "cannot " + verb + " the journal " + path + " (" + reason
                        + "): nothing is changed without it; name another directory with --state-dir",
                cause);
    }

    @Override
    public void close() {
        lock.close();
    }
}
