package org.xfrmctl.manager.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xfrmctl.model.definition.Child;

/**
 * The file {@code epochs} in a directory: {@code CHILD LOCAL REMOTE EPOCH} on each line behind the first. It is no journal of
 * one kernel, but belongs to the secrets, so all network namespaces may share it.
 */
public final class EpochFile implements EpochStore {
    private static final String NAME = "epochs";
    private static final String FIRST = "xfrmctl epochs 1";
    private static final String LOST = "without it keys may be used twice: if it is lost, make new secrets at both ends"
            + " and remove what is left of it";

    private final Path directory;
    private final WriterLock lock;

    /** As the file says, which nobody else writes while this is open. */
    private final Map<String, Long> used;

    private EpochFile(Path directory, WriterLock lock, Map<String, Long> used) {
        this.directory = directory;
        this.lock = lock;
        this.used = used;
    }

    /**
     * Waits until nobody else has it open.
     *
     * @param directory is made if it is not there
     * @throws JournalException if it cannot be used or is not this user's alone, or if patience ends
     */
    public static EpochFile open(Path directory, Duration patience) {
        try {
            OwnDirectory.ensure(directory, Kept.EPOCHS);
            WriterLock lock = WriterLock.take(directory, patience, Kept.EPOCHS);
            try {
                return new EpochFile(directory, lock, read(directory));
            } catch (JournalException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed(directory, "use", e);
        }
    }

    /** For whoever only looks. */
    public static EpochStore look(Path directory) {
        Map<String, Long> used = read(directory);
        return new EpochStore() {
            @Override
            public long used(Child child) {
                return used.getOrDefault(EpochStore.name(child), 0L);
            }

            @Override
            public void use(Map<Child, Long> epochs) {
                throw new IllegalStateException("epochs that were only looked at");
            }
        };
    }

    @Override
    public long used(Child child) {
        return used.getOrDefault(EpochStore.name(child), 0L);
    }

    @Override
    public void use(Map<Child, Long> epochs) {
        Map<String, Long> next = new TreeMap<>(used);
        epochs.forEach((child, epoch) -> next.put(EpochStore.name(child), epoch));
        String text = next.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining("", FIRST + "\n", ""));
        try {
            DurableFile.replace(directory, NAME, text);
            used.putAll(next);
        } catch (IOException e) {
            throw failed(directory.resolve(NAME), "write", e);
        }
    }

    private static Map<String, Long> read(Path directory) {
        Path file = directory.resolve(NAME);
        Map<String, Long> used = new TreeMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                int space = line.lastIndexOf(' ');
                if (number == 1 ? !line.equals(FIRST) : !line.matches("\\S+ \\S+ \\S+ [0-9]{1,18}")) {
                    throw new JournalException(file + ":" + number + ": expected \""
                            + (number == 1 ? FIRST : "CHILD LOCAL REMOTE EPOCH") + "\": " + LOST);
                }
                if (number > 1) {
                    used.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
                }
            }
            if (number == 0) {
                throw new JournalException(file + ":1: expected \"" + FIRST + "\", found nothing: " + LOST);
            }
        } catch (NoSuchFileException nothingYet) {
            return used;
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
        return used;
    }

    private static JournalException failed(Path path, String verb, IOException cause) {
        String reason = cause.getClass().getSimpleName().replaceAll("Exception$", "") + ", " + cause.getMessage();
        return new JournalException(
                "cannot " + verb + " " + path + ", where used epochs are noted (" + reason
                        + "): nothing is changed without it; see to it. Another --epoch-dir would begin with keys that were used",
                cause);
    }

    @Override
    public void close() {
        lock.close();
    }
}
