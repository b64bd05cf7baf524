package org.xfrmctl.datapath.host.tcp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.link.Timetable;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.model.IpAddress;

/** The TCP of a host: its connections and listening ports. Not safe for several threads. */
public final class Tcp {
    /** More connections than a lab needs: what a flood of SYNs makes is bounded. */
    private static final int MOST_CONNECTIONS = 4096;
    /** {@code net.ipv4.ip_local_port_range}. */
    private static final int FIRST_PORT = 32768;

    private static final int LAST_PORT = 60999;

    private final IpLayer ip;
    private final Timetable timetable;
    private final RandomGenerator random;
    private final Map<Integer, Application> listeners = new HashMap<>();
    private final Map<Ends, TcpConnection> connections = new HashMap<>();
    private int refused;

    /** {@code random} chooses ports and initial sequence numbers. */
    public Tcp(IpLayer ip, Timetable timetable, RandomGenerator random) {
        this.ip = ip;
        this.timetable = timetable;
        this.random = random;
    }

    IpLayer ip() {
        return ip;
    }

    Timetable timetable() {
        return timetable;
    }

    /** Opens a port to whoever comes; the application is told of every connection that stands. */
    public void listen(int port, Application application) {
        if (listeners.putIfAbsent(port, application) != null) {
            throw new IllegalArgumentException("TCP port " + port + " is open already");
        }
    }

    /** Closes a port; connections stay. */
    public void unlisten(int port) {
        listeners.remove(port);
    }

    /**
     * Opens a connection. Whether it comes about is told by its state: {@link State.Closed} with a reason if not.
     *
     * @throws IllegalStateException if there is no route or no free port
     */
    public TcpConnection connect(IpAddress remote, int port, Application application) {
        IpAddress local =
                ip.sourceFor(remote).orElseThrow(() -> new IllegalStateException("Network is unreachable: " + remote));
        TcpConnection connection = new TcpConnection(free(local, remote, port), this, application, random.nextInt());
        connections.put(connection.ends(), connection);
        connection.open();
        return connection;
    }

    private Ends free(IpAddress local, IpAddress remote, int port) {
        int count = LAST_PORT - FIRST_PORT + 1;
        int start = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            Ends ends = new Ends(local, FIRST_PORT + (start + i) % count, remote, port);
            if (!connections.containsKey(ends)) {
                return ends;
            }
        }
        throw new IllegalStateException("no free port toward " + remote);
    }

    /** Whether the application has anything to wait for: connections that are not closed. */
    public int connections() {
        return connections.size();
    }

    /** A packet with a segment at {@code at}; whatever is wrong with it is ignored or answered with a RST. */
    public void take(PacketBuffer packet, IpHeader header, int at) {
        int length = header.totalLength() - at;
        Segment.read(packet, header, at, length).ifPresent(segment -> {
            Ends ends = new Ends(header.destination(), packet.u16(at + 2), header.source(), packet.u16(at));
            TcpConnection connection = connections.get(ends);
            if (connection != null) {
                connection.take(segment);
            } else {
                takeUnknown(ends, segment);
            }
        });
    }

    /** RFC 9293, section 3.10.7.1 and 3.10.7.2. */
    private void takeUnknown(Ends ends, Segment segment) {
        Application application = listeners.get(ends.localPort());
        if (segment.has(Segment.RST)) {
            return;
        }
        boolean opens = segment.has(Segment.SYN) && !segment.has(Segment.ACK);
        if (application == null || !opens) {
            if (application == null || segment.has(Segment.ACK)) {
                reset(ends, segment);
            }
        } else if (connections.size() < MOST_CONNECTIONS) {
            TcpConnection connection = new TcpConnection(ends, this, application, random.nextInt());
            connections.put(ends, connection);
            connection.accept(segment);
        }
    }

    private void reset(Ends ends, Segment segment) {
        Segment answer = segment.has(Segment.ACK)
                ? Segment.bare(segment.acknowledgment(), 0, Segment.RST, 0)
                : Segment.bare(0, segment.sequence() + segment.length(), Segment.RST | Segment.ACK, 0);
        // If it cannot be sent the peer finds out by itself.
        var unused = ip.send(ends, answer.toBuffer(ends));
    }

    /**
     * An ICMP error that quotes the first bytes of a segment of ours: it was too long for {@code mtu}. Only one about a
     * segment that is under way is believed (RFC 5927).
     */
    public void tooBig(IpHeader quoted, PacketBuffer packet, int at, int mtu) {
        quoted(quoted, packet, at).ifPresent(connection -> {
            boolean believed = connection.tooBig(packet.i32(at + TcpHeader.SEQUENCE), mtu);
            refused += believed ? 0 : 1;
        });
    }

    /** An ICMP error that quotes a segment of ours: it did not arrive. Only a connection that is opening ends by it. */
    public void unreachable(IpHeader quoted, PacketBuffer packet, int at, String reason) {
        quoted(quoted, packet, at)
                .ifPresent(connection -> connection.unreachable(packet.i32(at + TcpHeader.SEQUENCE), reason));
    }

    /** How many ICMP errors were about nothing that is under way ({@code TcpExtOutOfWindowIcmps}). */
    public int outOfWindowIcmps() {
        return refused;
    }

    private Optional<TcpConnection> quoted(IpHeader quoted, PacketBuffer packet, int at) {
        return packet.length() < at + 8
                ? Optional.empty()
                : Optional.ofNullable(connections.get(
                        new Ends(quoted.source(), packet.u16(at), quoted.destination(), packet.u16(at + 2))));
    }

    /** Takes a connection off the table; whether it was there. */
    boolean forget(TcpConnection connection) {
        return connections.remove(connection.ends(), connection);
    }
}
