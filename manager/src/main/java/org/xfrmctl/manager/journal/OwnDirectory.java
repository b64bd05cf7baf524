package org.xfrmctl.manager.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory in which nobody but this user can put files: a journal says what is deleted from the kernel. */
final class OwnDirectory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private OwnDirectory() {}

    /** Makes it if it is not there. */
    static void ensure(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
        int owner = (int) Files.getAttribute(directory, "unix:uid");
        if (owner != user()) {
            throw new JournalException(directory + " belongs to user " + owner + ", not to this one, " + user()
                    + ", who could be made to remove what others have in the kernel: name another directory with"
                    + " --state-dir");
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new JournalException(directory + " can be written by others ("
                    + PosixFilePermissions.toString(attributes.permissions())
                    + "), who could have removed what is in the kernel: \"chmod go-w\" it, or name another directory with"
                    + " --state-dir");
        }
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
