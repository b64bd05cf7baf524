package org.xfrmctl.manager.journal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A journal in a directory of its own: {@code journal}, which is replaced as a whole, and {@code lock}, which the open
 * journal has locked and which names the process. The kernel's tables do not outlive a boot, so neither does what is
 * written of them.
 */
public final class FileJournal implements Journal {
    private static final String JOURNAL = "journal";
    private static final String ANOTHER = "see to it, or name another directory with --state-dir";

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
     * @throws JournalException if the directory cannot be used or is not this user's alone, or if somebody else still has it
     *     when patience ends
     */
    public static FileJournal open(Path directory, String boot, Duration patience) {
        try {
            OwnDirectory.ensure(directory, Kept.JOURNAL);
            return new FileJournal(directory, boot, WriterLock.take(directory, patience, Kept.JOURNAL));
        } catch (IOException e) {
            throw failed(directory, "use", "nothing is changed without it; name another directory with --state-dir", e);
        }
    }

    /**
     * Makes the directory of a journal, if it is not there.
     *
     * @throws JournalException as {@link #open}
     */
    public static void makeDirectory(Path directory) {
        try {
            OwnDirectory.ensure(directory, Kept.JOURNAL);
        } catch (IOException e) {
            throw failed(directory, "use", "nothing is changed without it; name another directory with --state-dir", e);
        }
    }

    /** The number of the process that has a journal open now. */
    public static Optional<String> holder(Path directory) {
        try {
            return WriterLock.holder(directory);
        } catch (IOException e) {
            throw failed(directory, "look for the user of", ANOTHER, e);
        }
    }

    /** What a journal holds, without opening it: whoever only looks needs not wait. */
    public static JournalRecord read(Path directory, String boot) {
        Path file = directory.resolve(JOURNAL);
        try {
            return JournalText.read(file.toString(), Files.readString(file), boot);
        } catch (NoSuchFileException nothingYet) {
            return JournalRecord.EMPTY;
        } catch (CharacterCodingException e) {
            throw JournalText.refused(file.toString(), 1, "text in UTF-8");
        } catch (IOException e) {
            throw failed(file, "read", ANOTHER, e);
        }
    }

    /**
     * Moves a journal that cannot be understood out of the way, for a goal that must not wait until somebody has looked at
     * it.
     *
     * @return what is wrong with it, and where it is now; empty if nothing is wrong
     */
    public Optional<String> setAside() {
        try {
            read();
            return Optional.empty();
        } catch (MalformedJournalException e) {
            Path file = directory.resolve(JOURNAL);
            Path aside = directory.resolve(JOURNAL + ".bad");
            try {
                Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                DurableFile.force(directory);
            } catch (IOException failure) {
                throw failed(file, "move", ANOTHER, failure);
            }
            return Optional.of(e.getMessage() + "; it was moved to " + aside);
        }
    }

    @Override
    public JournalRecord read() {
        return read(directory, boot);
    }

    @Override
    public void write(JournalRecord record) {
        try {
            DurableFile.replace(directory, JOURNAL, JournalText.print(record, boot));
        } catch (IOException e) {
            throw failed(directory.resolve(JOURNAL), "write", ANOTHER, e);
        }
    }

    private static JournalException failed(Path path, String verb, String advice, IOException cause) {
        String reason = cause.getClass().getSimpleName().replaceAll("Exception$", "") + ", " + cause.getMessage();
        return new JournalException("cannot " + verb + " the journal " + path + " (" + reason + "): " + advice, cause);
    }

    @Override
    public void close() {
        lock.close();
    }
}
