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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A lock on a file, which goes with the process that has it. The file says which process that is. */
final class WriterLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * One permit for each file that this process locks, given in the order in which it is asked for. A process loses its
     * locks of a file as soon as it closes any descriptor of it (fcntl(2)), so who has no permit must not open the file. That
     * rule is about the process, and so is this map.
     */
    private static final Map<Path, Semaphore> OURS = new ConcurrentHashMap<>();

    private final Semaphore permit;
    private final FileChannel channel;

    private WriterLock(Semaphore permit, FileChannel channel) {
        this.permit = permit;
        this.channel = channel;
    }

    static WriterLock take(Path directory, Duration patience, Kept kept) throws IOException {
        Path real = directory.toRealPath().resolve(NAME);
        long deadline = System.nanoTime() + patience.toNanos();
        Semaphore permit = permit(real);
        if (!isGiven(permit, patience)) {
            throw tooLong("another run in process " + ProcessHandle.current().pid() + ", this one,", patience, kept);
        }
        boolean taken = false;
        try {
            Optional<WriterLock> lock = tried(real, permit);
            while (lock.isEmpty()) {
                if (System.nanoTime() - deadline > 0) {
                    throw tooLong("another xfrmctl, process " + text(real).orElse("unknown") + ",", patience, kept);
                }
                pause();
                lock = tried(real, permit);
            }
            taken = true;
            return lock.get();
        } finally {
            if (!taken) {
                permit.release();
            }
        }
    }

    private static Semaphore permit(Path real) {
        return OURS.computeIfAbsent(real, path -> new Semaphore(1, true));
    }

    private static JournalException tooLong(String who, Duration patience, Kept kept) {
        return new JournalException(who + " " + kept.work() + " and has not ended within " + patience.toSeconds()
                + " s: wait for it, or end it" + kept.afterwards());
    }

    private static boolean isGiven(Semaphore permit, Duration patience) throws IOException {
        try {
            return permit.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted while waiting for the lock").initCause(e);
    }

    private static Optional<WriterLock> tried(Path real, Semaphore permit) throws IOException {
        boolean kept = false;
        FileChannel channel = FileChannel.open(real, Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS));
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
            kept = true;
            return Optional.of(new WriterLock(permit, channel));
        } finally {
            if (!kept) {
                channel.close();
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
        Semaphore permit = permit(real);
        if (!permit.tryAcquire()) {
            return Optional.of(String.valueOf(ProcessHandle.current().pid()));
        }
        try {
            return text(real);
        } finally {
            permit.release();
        }
    }

    /** What the file says, if another process has it locked; only for who has the permit. */
    private static Optional<String> text(Path real) throws IOException {
        // A shared lock: whoever else only looks is not taken for a holder.
        try (FileChannel channel = FileChannel.open(real, Set.of(READ, NOFOLLOW_LINKS))) {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            return lock == null ? Optional.of(text(channel)) : Optional.empty();
        } catch (NoSuchFileException nothingYet) {
            return Optional.empty();
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
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            permit.release();
        }
    }
}
