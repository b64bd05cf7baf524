package org.xfrmctl.cli.kernel;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.probe.Sounder;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.InterfaceNames;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.sys.NetworkNamespace;
import org.xfrmctl.netlink.sys.SocketMtu;
import org.xfrmctl.netlink.sys.UdpEndpoint;
import org.xfrmctl.netlink.text.TextOptions;

/** The kernel that this process runs on, in the network namespace that it was started in. */
public final class RunningKernel implements Kernel {
    @Override
    public NetlinkTransport open() {
        return AfNetlinkSocket.open(NetlinkProtocol.XFRM);
    }

    @Override
    public Optional<String> name() {
        return Optional.of(NetworkNamespace.current());
    }

    @Override
    public Optional<NetlinkTransport> openRoute() {
        return Optional.of(AfNetlinkSocket.open(NetlinkProtocol.ROUTE));
    }

    @Override
    public OptionalInt socketMtu(SocketQuestion question) {
        return OptionalInt.of(SocketMtu.of(
                new UdpEndpoint.Address(question.from(), question.fromPort()),
                new UdpEndpoint.Address(question.to(), question.toPort()),
                question.mark()));
    }

    @Override
    public Optional<Sounder> openSounder(EchoPath path) {
        return Optional.of(SocketSounder.open(path));
    }

    @Override
    public Optional<Path> proc() {
        return Optional.of(Path.of("/proc"));
    }

    @Override
    public String interfaceName(int index) {
        return InterfaceNames.find(index).orElseGet(() -> TextOptions.numberedInterface(index));
    }

    @Override
    public int interfaceIndex(String name) {
        return InterfaceNames.indexOf(name);
    }
}
