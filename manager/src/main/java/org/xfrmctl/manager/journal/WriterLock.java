package org.xfrmctl.manager.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A lock on a file, which goes with the process that has it. The file says which process that is. */
final class WriterLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * The files that this process has locked, or is about to. A process loses its locks of a file as soon as it closes any
     * descriptor of it (fcntl(2)), so a file that stands here must not be opened a second time. That rule is about the
     * process, and so is this set.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private WriterLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static WriterLock take(Path directory, Duration patience) throws IOException {
        Path real = directory.toRealPath().resolve(NAME);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<WriterLock> lock = tried(real);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new JournalException(
                        "another xfrmctl, process "
                                + holder(directory).orElse("unknown")
                                + ", is changing these tables and has not ended within " + patience.toSeconds()
                                + " s: wait for it, or end it; what it has begun is then finished by \"up\" or undone by \"down\"");
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for the lock").initCause(e);
        }
    }

    private static Optional<WriterLock> tried(Path real) throws IOException {
        if (!OURS.add(real)) {
            return Optional.empty();
        }
        boolean kept = false;
        @Nullable FileChannel channel = null;
        try {
            channel = FileChannel.open(real, Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
            kept = true;
            return Optional.of(new WriterLock(real, channel));
        } finally {
            if (!kept) {
                if (channel != null) {
                    channel.close();
                }
                OURS.remove(real);
            }
        }
    }

    /** The process that has the lock now; empty if none has. */
    static Optional<String> holder(Path directory) throws IOException {
        Path real;
        try {
            real = directory.toRealPath().resolve(NAME);
        } catch (NoSuchFileException nothingYet) {
            return Optional.empty();
        }
        if (!OURS.add(real)) {
            return Optional.of(String.valueOf(ProcessHandle.current().pid()));
        }
        // A shared lock: whoever else only looks is not taken for a holder.
        try (FileChannel channel = FileChannel.open(real, Set.of(READ, NOFOLLOW_LINKS))) {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            return lock == null ? Optional.of(text(channel)) : Optional.empty();
        } catch (NoSuchFileException nothingYet) {
            return Optional.empty();
        } finally {
            OURS.remove(real);
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        String text = UTF_8.decode(bytes.flip()).toString().strip();
        return text.isEmpty() ? "unknown" : text;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            OURS.remove(file);
        }
    }
}
