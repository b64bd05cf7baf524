package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.control.ControlAccess;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.PacketListener;
import org.xfrmctl.netlink.sys.StreamListener;
import org.xfrmctl.netlink.sys.SystemUsers;
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
        OptionalLong members = members();
        return SocketFile.create(
                place, path -> members.isPresent() ? given(path, members.getAsLong()) : StreamListener.at(path));
    }

    private StreamListener given(Path place, long members) {
        try {
            return StreamListener.at(place, members);
        } catch (NetlinkException e) {
            if (e.is(Errno.EPERM)) {
                throw new CommandFailedException(
                        place + " cannot be given to group " + group + ", which this process does not have",
                        "run the watch with that group (systemd: SupplementaryGroups=" + group + ")");
            }
            throw e;
        }
    }

    private OptionalLong members() {
        if (group == null) {
            return OptionalLong.empty();
        }
        OptionalLong members = SystemUsers.group(group);
        if (members.isEmpty()) {
            throw new CommandFailedException(
                    "there is no group " + group, "make it (\"groupadd " + group + "\"), or check --group");
        }
        return members;
    }

    /** Who may ask: by this process and the name of the group, and not by what a file says. */
    ControlAccess access() {
        return new ControlAccess(SystemUsers.own(), members());
    }
}
