package org.xfrmctl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xfrmctl.cli.kernel.SettingFile;
import org.xfrmctl.netlink.sys.SystemUsers;

/** A directory in which nobody but root and this user can put something else in the place of a file of this process. */
final class SafeDirectory {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;
    private static final long ROOT = 0;

    private static final Path USER_MAP = Path.of("/proc/self/uid_map");
    private static final Path UNMAPPED_USER = Path.of("/proc/sys/kernel/overflowuid");
    private static final String ALL_USERS = "0 0 4294967295";

    private SafeDirectory() {}

    /**
     * Looks at it and at all above it: who can rename one of those can do the same.
     *
     * @throws CommandFailedException if it is none
     */
    static void check(Path directory) throws IOException {
        Set<Long> trusted = trusted();
        for (Path at = directory.toRealPath(); at != null; at = at.getParent()) {
            long owner = Integer.toUnsignedLong((int) Files.getAttribute(at, "unix:uid"));
            int mode = (int) Files.getAttribute(at, "unix:mode");
            if (!trusted.contains(owner)) {
                throw refusal(directory, at + " belongs to user " + owner);
            }
            if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
                throw refusal(
                        directory, at + " can be written by others (mode " + Integer.toOctalString(mode & 07777) + ")");
            }
        }
    }

    private static CommandFailedException refusal(Path directory, String problem) {
        return new CommandFailedException(
                "no socket is made in " + directory + ": " + problem + ", who could put something else in its place",
                "name a place in a directory that only root or this user can write, with all directories above it");
    }

    /** In a user namespace that does not know root, what is root's looks like that of the user whom it does not know. */
    private static Set<Long> trusted() throws IOException {
        Set<Long> trusted = new HashSet<>(List.of(ROOT, SystemUsers.own()));
        String map =
                Files.readString(USER_MAP, StandardCharsets.US_ASCII).strip().replaceAll(" +", " ");
        if (!map.equals(ALL_USERS)) {
            trusted.add(Long.parseLong(SettingFile.read(UNMAPPED_USER)));
        }
        return trusted;
    }
}
