package org.xfrmctl.cli;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.NetlinkTransport;

/** Lets something happen before each datagram that is waited for, and is closed when nothing more will. */
final class ScriptedTransport implements NetlinkTransport {
    private final NetlinkTransport kernel;
    private final Deque<Runnable> script;

    ScriptedTransport(NetlinkTransport kernel, List<Runnable> script) {
        this.kernel = kernel;
        this.script = new ArrayDeque<>(script);
    }

    @Override
    public int portId() {
        return kernel.portId();
    }

    @Override
    public void send(ByteBuffer datagram) {
        kernel.send(datagram);
    }

    @Override
    public ByteBuffer receive() {
        Optional<ByteBuffer> waiting = kernel.receiveNow();
        while (waiting.isEmpty()) {
            if (script.isEmpty()) {
                throw new TransportClosedException();
            }
            script.remove().run();
            waiting = kernel.receiveNow();
        }
        return waiting.get();
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        return kernel.receiveNow();
    }

    @Override
    public OptionalInt sender() {
        return kernel.sender();
    }

    @Override
    public void join(int group) {
        kernel.join(group);
    }

    @Override
    public void listenToAllNamespaces() {
        kernel.listenToAllNamespaces();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
