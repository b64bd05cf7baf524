package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import org.xfrmctl.datapath.host.EchoOptions;
import org.xfrmctl.datapath.host.PingOutcome;

/** Datagrams from a socket in one namespace to one in another, and back. */
final class SocketEcho {
    private static final int LONGEST = 1 << 16;
    /** As long as the lab's ping waits. */
    private static final long PATIENCE_MILLIS = 1000;

    private SocketEcho() {}

    static PingOutcome run(NamespaceSockets from, NamespaceSockets to, EchoOptions options) {
        int received = 0;
        Optional<String> error = Optional.empty();
        try (Selector selector = Selector.open();
                DatagramChannel server = to.datagrams();
                DatagramChannel client = from.datagrams()) {
            InetSocketAddress address = NamespaceSockets.address(options.destination(), EchoOptions.PORT);
            server.bind(address);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_READ);
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ);
            for (int i = 0; i < options.count(); i++) {
                try {
                    client.send(ByteBuffer.allocate(options.size()), address);
                    received += comesBack(selector, server) ? 1 : 0;
                } catch (IOException e) {
                    Optional<String> reason = Optional.ofNullable(e.getMessage());
                    error = error.or(() -> reason);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PingOutcome(options.count(), received, error);
    }

    private static boolean comesBack(Selector selector, DatagramChannel server) throws IOException {
        long start = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        long left = PATIENCE_MILLIS;
        while (left > 0) {
            selector.select(left);
            for (SelectionKey key : selector.selectedKeys()) {
                DatagramChannel channel = (DatagramChannel) key.channel();
                buffer.clear();
                SocketAddress peer = channel.receive(buffer);
                // Ready does not mean that there is a datagram: its checksum may have been wrong.
                if (channel.equals(server) && peer != null) {
                    buffer.flip();
                    channel.send(buffer, peer);
                } else if (!channel.equals(server) && peer != null) {
                    selector.selectedKeys().clear();
                    return true;
                }
            }
            selector.selectedKeys().clear();
            left = PATIENCE_MILLIS - (System.nanoTime() - start) / 1_000_000;
        }
        return false;
    }
}
