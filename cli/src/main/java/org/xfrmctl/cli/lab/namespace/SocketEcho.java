package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.xfrmctl.datapath.host.EchoOptions;
import org.xfrmctl.datapath.host.PingOutcome;

/** Datagrams from a socket in one namespace to one in another, and back. */
final class SocketEcho implements AutoCloseable {
    private static final int LONGEST = 1 << 16;
    /** As long as the lab's ping waits. */
    private static final long PATIENCE_MILLIS = 1000;

    private final Supplier<DatagramChannel> sockets;
    private final DatagramChannel server;
    private final Selector selector;
    /** The last one is asked by; the others have lost an echo that may still come, and is then no answer to another. */
    private final List<DatagramChannel> clients = new ArrayList<>();

    private boolean answered;

    /** Takes over the server, which is bound. */
    SocketEcho(Supplier<DatagramChannel> sockets, DatagramChannel server) throws IOException {
        this.sockets = sockets;
        this.server = server;
        this.selector = Selector.open();
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_READ);
    }

    static PingOutcome run(NamespaceSockets from, NamespaceSockets to, EchoOptions options) {
        int received = 0;
        Optional<String> error = Optional.empty();
        InetSocketAddress address = NamespaceSockets.address(options.destination(), EchoOptions.PORT);
        try (DatagramChannel server = to.datagrams().bind(address);
                SocketEcho echo = new SocketEcho(from::datagrams, server)) {
            for (int i = 0; i < options.count(); i++) {
                try {
                    received += echo.comesBack(options.size(), address, PATIENCE_MILLIS) ? 1 : 0;
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

    /** Sends a datagram; whether it is back in time. */
    boolean comesBack(int size, InetSocketAddress address, long millis) throws IOException {
        DatagramChannel client = client();
        answered = false;
        client.send(ByteBuffer.allocate(size), address);
        long start = System.nanoTime();
        long left = millis;
        while (left > 0 && !answered) {
            selector.select(left);
            for (SelectionKey key : selector.selectedKeys()) {
                take((DatagramChannel) key.channel(), client);
            }
            selector.selectedKeys().clear();
            left = millis - (System.nanoTime() - start) / 1_000_000;
        }
        return answered;
    }

    private DatagramChannel client() throws IOException {
        if (!clients.isEmpty() && answered) {
            return clients.get(clients.size() - 1);
        }
        DatagramChannel client = sockets.get();
        clients.add(client);
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ);
        return client;
    }

    private void take(DatagramChannel channel, DatagramChannel client) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        SocketAddress peer = channel.receive(buffer);
        // Ready does not mean that there is a datagram: its checksum may have been wrong.
        if (peer == null) {
            return;
        }
        if (channel.equals(server)) {
            server.send(buffer.flip(), peer);
        } else if (channel.equals(client)) {
            answered = true;
        }
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel client : clients) {
            client.close();
        }
        selector.close();
    }
}
