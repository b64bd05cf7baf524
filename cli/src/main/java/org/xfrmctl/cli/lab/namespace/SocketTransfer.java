package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.host.Arrival;
import org.xfrmctl.datapath.host.TransferOptions;
import org.xfrmctl.datapath.host.TransferOutcome;

/** A file through TCP sockets of two namespaces, both served by one thread. Runs once. */
final class SocketTransfer {
    private static final int CHUNK = 1 << 16;

    private final TransferOptions options;
    private final Arrival arrival;
    private int sent;
    private boolean readerSawEnd;
    private boolean senderSawEnd;
    private ByteBuffer pending = ByteBuffer.allocate(0);

    private SocketTransfer(TransferOptions options) {
        this.options = options;
        this.arrival = new Arrival(options.bytes());
    }

    static TransferOutcome run(NamespaceSockets from, NamespaceSockets to, TransferOptions options) {
        SocketTransfer transfer = new SocketTransfer(options);
        Optional<String> error = Optional.empty();
        try (Selector selector = Selector.open();
                ServerSocketChannel server = to.server();
                SocketChannel client = from.client()) {
            InetSocketAddress address = NamespaceSockets.address(options.destination(), options.port());
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_CONNECT);
            // What is under way when the lab gives up ends with a RST.
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            if (client.connect(address)) {
                client.register(selector, SelectionKey.OP_WRITE | SelectionKey.OP_READ);
            }
            error = transfer.serve(selector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TransferOutcome(transfer.arrival.received(), transfer.senderSawEnd && transfer.readerSawEnd, error);
    }

    /** Until both ends have seen the other's end, or nothing arrives for too long; what a socket complained of. */
    private Optional<String> serve(Selector selector) {
        long patience = options.patience().toMillis();
        long progress = System.nanoTime();
        @Nullable SocketChannel accepted = null;
        try {
            while (!arrival.isWrong() && !(readerSawEnd && senderSawEnd)) {
                long left = patience - (System.nanoTime() - progress) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                selector.select(left);
                int before = arrival.received();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isAcceptable() && key.channel() instanceof ServerSocketChannel server) {
                        accepted = server.accept();
                        accepted.configureBlocking(false);
                        accepted.register(selector, SelectionKey.OP_READ);
                    } else if (key.channel() instanceof SocketChannel channel) {
                        serve(key, channel, channel.equals(accepted));
                    }
                }
                selector.selectedKeys().clear();
                progress = arrival.received() > before ? System.nanoTime() : progress;
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage());
        } finally {
            close(accepted);
        }
    }

    private void serve(SelectionKey key, SocketChannel channel, boolean reader) throws IOException {
        if (key.isConnectable() && channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        }
        if (key.isWritable()) {
            write(key, channel);
        }
        if (key.isReadable()) {
            read(key, channel, reader);
        }
    }

    private void write(SelectionKey key, SocketChannel channel) throws IOException {
        if (!pending.hasRemaining() && sent < options.bytes()) {
            byte[] chunk = new byte[Math.min(CHUNK, options.bytes() - sent)];
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = TransferOptions.content(sent + i);
            }
            sent += chunk.length;
            pending = ByteBuffer.wrap(chunk);
        }
        channel.write(pending);
        if (!pending.hasRemaining() && sent == options.bytes()) {
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void read(SelectionKey key, SocketChannel channel, boolean reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        int count = channel.read(buffer);
        if (count < 0) {
            key.interestOps(key.interestOps() & ~SelectionKey.OP_READ);
            if (reader) {
                readerSawEnd = true;
                channel.shutdownOutput();
            } else {
                senderSawEnd = true;
            }
            return;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            arrival.take(buffer.get());
        }
    }

    private static void close(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
