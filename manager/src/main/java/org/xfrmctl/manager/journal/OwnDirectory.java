package org.xfrmctl.manager.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory in which nobody but this user can put files: a journal says what is deleted from the kernel, and noted epochs
 * which keys are used.
 */
final class OwnDirectory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private OwnDirectory() {}

    /** Makes it if it is not there, so that it lasts. */
    static void ensure(Path directory, Kept kept) throws IOException {
        make(directory.toAbsolutePath());
        PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
        int owner = (int) Files.getAttribute(directory, "unix:uid");
        if (owner != user()) {
            throw new JournalException(directory + " belongs to user " + owner + ", not to this one, " + user()
                    + ", who " + kept.danger() + ": " + kept.otherwise());
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new JournalException(directory + " can be written by others ("
                    + PosixFilePermissions.toString(attributes.permissions())
                    + "), so this user " + kept.danger() + ": \"chmod go-w\" it, or " + kept.otherwise());
        }
    }

    /** A new directory lasts only when the one that it is in has been written, too. */
    private static void make(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (Files.isDirectory(directory) || parent == null) {
            return;
        }
        make(parent);
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        DurableFile.force(parent);
    }

    /** The effective user as this process's user namespace counts; the second number of the line. */
    private static int user() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> (int) Long.parseLong(line.split("\\s+", -1)[2]))
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no line \"Uid:\""));
    }
}
