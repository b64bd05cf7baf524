package org.xfrmctl.cli.daemon;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.xfrmctl.datapath.kernel.KernelSocket;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;
import org.xfrmctl.netlink.sys.PacketConnection;

/** One program's socket: its requests go in, by the calling thread; answers and events come out, by another. */
final class DoorSession {
    /** Says that events were lost. No netlink message is this short. */
    private static final ByteBuffer LOST = ByteBuffer.wrap(new byte[1]).asReadOnlyBuffer();

    private final PacketConnection connection;
    private final KernelSocket socket;

    DoorSession(PacketConnection connection, KernelSocket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /** Returns when the program has closed its end, or the door closed the connection. */
    void run() throws InterruptedException {
        connection.send(DoorRequest.done(socket.portId()));
        Thread writer = new Thread(this::write, "answers to port " + Integer.toUnsignedString(socket.portId()));
        writer.setDaemon(true);
        writer.start();
        try {
            Optional<ByteBuffer> datagram = connection.receive();
            while (datagram.isPresent()) {
                socket.send(copy(datagram.get()));
                datagram = connection.receive();
            }
        } finally {
            socket.close();
            connection.end();
            writer.join();
        }
    }

    /** The connection's buffer is used again, and the kernel may keep parts of what it was sent. */
    private static ByteBuffer copy(ByteBuffer datagram) {
        return ByteBuffer.allocate(datagram.remaining())
                .order(datagram.order())
                .put(datagram)
                .flip();
    }

    private void write() {
        try {
            while (true) {
                connection.send(next());
            }
        } catch (TransportClosedException | NetlinkException over) {
            // The program is gone, or the door closes.
            connection.end();
        }
    }

    private ByteBuffer next() {
        try {
            return socket.receive();
        } catch (NetlinkException overrun) {
            return LOST.duplicate();
        }
    }
}
