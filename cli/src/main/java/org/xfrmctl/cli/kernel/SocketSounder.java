package org.xfrmctl.cli.kernel;

import java.security.SecureRandom;
import org.xfrmctl.manager.probe.Sounder;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;
import org.xfrmctl.netlink.sys.EchoSocket;

/** Echo requests by a socket of the kernel that this process runs on. */
record SocketSounder(EchoSocket socket) implements Sounder {
    private static final int IDENTIFIERS = 1 << 16;

    /** In this thread's network namespace; a number that no other program's requests are likely to have. */
    static SocketSounder open(EchoPath path) {
        return new SocketSounder(EchoSocket.open(path, new SecureRandom().nextInt(IDENTIFIERS)));
    }

    @Override
    public Heard sound(int size, int millis) {
        return socket.sound(size, millis);
    }

    @Override
    public void close() {
        socket.close();
    }
}
