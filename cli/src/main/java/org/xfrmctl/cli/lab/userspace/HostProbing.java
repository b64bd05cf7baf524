package org.xfrmctl.cli.lab.userspace;

import java.util.OptionalInt;
import org.xfrmctl.datapath.host.EchoSounder;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.manager.probe.Sounder;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;

/** A userspace host as the beginning of a path. Its network is quiet at once, so that nobody has to wait. */
record HostProbing(Host host) implements ProbingHost {
    @Override
    public Ways ways() {
        return new UserspaceWays(host);
    }

    @Override
    public OptionalInt socketMtu(SocketQuestion question) {
        return OptionalInt.of(host.socketMtu(
                question.from(), question.fromPort(), question.to(), question.toPort(), question.mark()));
    }

    @Override
    public Sounder open(EchoPath path) {
        EchoSounder sounder = host.openSounder(path);
        return new Sounder() {
            @Override
            public Heard sound(int size, int millis) {
                return sounder.sound(size, () -> false);
            }

            @Override
            public void close() {
                sounder.close();
            }
        };
    }

    @Override
    public void close() {
        // The host is the lab's.
    }
}
