package org.xfrmctl.cli.kernel;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.probe.Sounder;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.TracingTransport;
import org.xfrmctl.netlink.uapi.MessageTable;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/** A kernel that can be asked to tell what is said to it, and what it says. */
public final class TracedKernel implements Kernel {
    private final Kernel kernel;
    private volatile Optional<Consumer<String>> trace = Optional.empty();

    public TracedKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    /** From now on, what passes the transports that are opened is told line by line. */
    public void trace(Consumer<String> lines) {
        trace = Optional.of(lines);
    }

    @Override
    public NetlinkTransport open() {
        return traced(kernel.open(), () -> XfrmMsg.TABLE);
    }

    @Override
    public Optional<String> name() {
        return kernel.name();
    }

    @Override
    public Optional<NetlinkTransport> openRoute() {
        return kernel.openRoute().map(transport -> traced(transport, () -> Rtm.TABLE));
    }

    /** The table lays out every struct that there is, which takes longer than a short command. */
    private NetlinkTransport traced(NetlinkTransport transport, Supplier<MessageTable> table) {
        return trace.<NetlinkTransport>map(lines -> new TracingTransport(transport, table.get(), lines))
                .orElse(transport);
    }

    @Override
    public OptionalInt socketMtu(SocketQuestion question) {
        return kernel.socketMtu(question);
    }

    @Override
    public Optional<Sounder> openSounder(EchoPath path) {
        return kernel.openSounder(path);
    }

    @Override
    public Optional<Path> proc() {
        return kernel.proc();
    }

    @Override
    public String interfaceName(int index) {
        return kernel.interfaceName(index);
    }

    @Override
    public int interfaceIndex(String name) {
        return kernel.interfaceIndex(name);
    }
}
