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
import org.jspecify.annotations.Nullable;

/** A lock on a file, which goes with the process that has it. The file says which process that is. */
final class WriterLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final String UNKNOWN = "unknown";
    private static final String OWN = String.valueOf(ProcessHandle.current().pid());
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /**
     * One permit for each file that this process locks, given in the order in which it is asked for. A process loses its
     * locks of a file as soon as it closes any descriptor of it (fcntl(2)), so who has no permit must not open the file. That
     * rule is about the process, and so is this map.
     */
    private static final Map<Path, Turn> OURS = new ConcurrentHashMap<>();

    private final Turn turn;
    private final FileChannel channel;

    /** Whose turn it is within this process, to lock the file or to wait for another process that has it locked. */
    private static final class Turn {
        private final Semaphore permit = new Semaphore(1, true);

        /** Written by who has the permit: the process that has the lock, as far as that is known. */
        private volatile @Nullable String holder;

        void end() {
            holder = null;
            permit.release();
        }
    }

    private WriterLock(Turn turn, FileChannel channel) {
        this.turn = turn;
        this.channel = channel;
    }

    static WriterLock take(Path directory, Duration patience, Kept kept) throws IOException {
        Path real = directory.toRealPath().resolve(NAME);
        long deadline = System.nanoTime() + patience.toNanos();
        Turn turn = turn(real);
        if (!isGiven(turn.permit, patience)) {
            throw tooLong(inTheWay(turn), patience, kept);
        }
        boolean taken = false;
        try {
            Optional<WriterLock> lock = tried(real, turn);
            while (lock.isEmpty()) {
                turn.holder = text(real).orElse(UNKNOWN);
                if (System.nanoTime() - deadline > 0) {
                    throw tooLong(inTheWay(turn), patience, kept);
                }
                pause();
                lock = tried(real, turn);
            }
            taken = true;
            return lock.get();
        } finally {
            if (!taken) {
                turn.end();
            }
        }
    }

    private static String inTheWay(Turn turn) {
        String holder = turn.holder;
        return holder == null || holder.equals(OWN)
                ? "another run in process " + OWN + ", this one,"
                : "another xfrmctl, process " + holder + ",";
    }

    private static Turn turn(Path real) {
        return OURS.computeIfAbsent(real, path -> new Turn());
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

    private static Optional<WriterLock> tried(Path real, Turn turn) throws IOException {
        boolean kept = false;
        FileChannel channel = FileChannel.open(real, Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS));
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(UTF_8.encode(OWN + "\n"), 0);
            kept = true;
            turn.holder = OWN;
            return Optional.of(new WriterLock(turn, channel));
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
        Turn turn = turn(real);
        while (!turn.permit.tryAcquire()) {
            String holder = turn.holder;
            if (holder != null) {
                return Optional.of(holder);
            }
            // Whoever has the permit is about to find out, or to give it back.
            Thread.onSpinWait();
        }
        try {
            return text(real);
        } finally {
            turn.end();
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
        return text.isEmpty() ? UNKNOWN : text;
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
            turn.end();
        }
    }
}
