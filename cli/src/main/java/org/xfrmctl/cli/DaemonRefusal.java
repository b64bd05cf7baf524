package org.xfrmctl.cli;

import java.nio.file.Path;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** Why the socket of a daemon could not be asked, for people. */
final class DaemonRefusal {
    private DaemonRefusal() {}

    /** What cannot be explained is told as it is. */
    static RuntimeException explain(Path socket, NetlinkException e) {
        if (e.is(Errno.ENOENT) || e.is(Errno.ECONNREFUSED)) {
            return new CommandFailedException(
                    socket + ": no daemon answers there", "start one: xfrmctl daemon --netlink-socket " + socket);
        }
        if (e.is(Errno.EACCES)) {
            return new CommandFailedException(
                    socket + ": permission denied", "its owner alone may use it: run this as who started the daemon");
        }
        return e.is(Errno.EPIPE) ? ended(socket) : e;
    }

    static CommandFailedException ended(Path socket) {
        return new CommandFailedException(
                socket + ": the daemon ended before it answered", "look at what it wrote on standard error");
    }
}
