package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.control.ControlAccess;
import org.xfrmctl.netlink.sys.PacketListener;
import org.xfrmctl.netlink.sys.StreamListener;
import picocli.CommandLine.Option;

/** {@code --control PATH --group NAME}: where a watch answers, and to whom. */
final class ControlOptions {
    @Option(
            names = "--control",
            paramLabel = "PATH",
            description =
                    "Where the socket is made at which \"xfrmctl ask\" and other programs find this watch"
                            + " (docs/CONTROL.md), with mode 0600. Default: control, beside the journal in the state directory.")
    @Nullable
    Path path;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Whose members may ask, too: the socket is theirs and has mode 0660. Give a --control PATH to"
                    + " which they get; the state directory is closed to them.")
    @Nullable
    String group;

    /** The place, if there is one that will do; only a place that was named must. */
    Optional<Path> place(Optional<Path> usual, PrintWriter warnings) {
        if (path != null) {
            return Optional.of(path);
        }
        if (group != null) {
            throw new CommandFailedException(
                    "--group " + group + " without --control PATH: the state directory is closed to its members",
                    "name a place that they get to, such as --control /run/xfrmctl.sock");
        }
        usual.filter(place -> !PacketListener.isShortEnough(place))
                .ifPresent(place -> warnings.println("warning: " + place + " is too long for a Unix socket, so nothing"
                        + " can be asked of this watch; name a place with --control PATH"));
        return usual.filter(PacketListener::isShortEnough);
    }

    /** The socket, with the mode and the group that it is to have. */
    SocketFile<StreamListener> open(Path place) {
        SocketFile<StreamListener> file = SocketFile.create(place, StreamListener::at);
        try {
            if (group != null) {
                open(place, group);
            }
            return file;
        } catch (IOException e) {
            file.close();
            file.listener().close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            file.close();
            file.listener().close();
            throw e;
        }
    }

    private static void open(Path place, String group) throws IOException {
        GroupPrincipal members;
        try {
            members = place.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
        } catch (UserPrincipalNotFoundException e) {
            throw new CommandFailedException(
                    "there is no group " + group, "make it (\"groupadd " + group + "\"), or check --group");
        }
        Files.getFileAttributeView(place, PosixFileAttributeView.class).setGroup(members);
        // Last: until then nobody gets at it by the group that it had.
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-rw----"));
    }

    /** Who may ask, by what the socket's file says now. */
    ControlAccess access(Path place) {
        try {
            int user = (int) Files.getAttribute(place, "unix:uid");
            int members = (int) Files.getAttribute(place, "unix:gid");
            return new ControlAccess(
                    Integer.toUnsignedLong(user),
                    group == null ? OptionalLong.empty() : OptionalLong.of(Integer.toUnsignedLong(members)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
