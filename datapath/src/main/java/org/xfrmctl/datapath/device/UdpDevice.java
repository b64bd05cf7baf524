package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * A UDP socket that carries ESP (RFC 3948) to one peer, with no privilege: the outer headers stay in this process, the
 * datagram's data goes through the socket, and headers of the same addresses are put before what comes back. Whatever a host
 * sends here that is not ESP in UDP is lost.
 */
public final class UdpDevice implements Device {
    /** Where both hosts believe to have their sockets. */
    public static final int PORT = 4500;

    private static final int KEEPALIVE = 0xff;
    private static final int MARKER = 4;

    private final IpAddress address;
    private final IpAddress peer;
    private final Consumer<ByteBuffer> socket;
    private final Consumer<byte[]> host;

    /**
     * Joins both ends.
     *
     * @param address the host's, of the same family as the peer's
     * @param socket takes the data of datagrams
     * @param host takes packets from the peer
     */
    public UdpDevice(IpAddress address, IpAddress peer, Consumer<ByteBuffer> socket, Consumer<byte[]> host) {
        if (address.family() != peer.family()) {
            throw new IllegalArgumentException("the peer of " + address + " is " + peer + ", of another family");
        }
        this.address = address;
        this.peer = peer;
        this.socket = socket;
        this.host = host;
    }

    @Override
    public boolean owns(IpAddress other) {
        return peer.equals(other);
    }

    @Override
    public void receive(byte[] packet) {
        PacketBuffer buffer = PacketBuffer.of(packet);
        Optional<IpHeader> ip = IpHeader.read(buffer).filter(UdpDevice::isWholeUdp);
        Optional<UdpHeader> udp = ip.flatMap(header -> UdpHeader.read(buffer, header.length()));
        if (udp.isEmpty() || !isBetweenUs(ip.get(), udp.get())) {
            return;
        }
        int data = ip.get().length() + UdpHeader.LENGTH;
        int length = udp.get().length() - UdpHeader.LENGTH;
        if (length > MARKER && buffer.i32(data) != 0) {
            socket.accept(ByteBuffer.wrap(packet, data, length));
        }
    }

    /** The peer puts its own idea of these before what comes: what else they are would be lost on the way. */
    private boolean isBetweenUs(IpHeader ip, UdpHeader udp) {
        return ip.source().equals(address)
                && ip.destination().equals(peer)
                && udp.sourcePort() == PORT
                && udp.destinationPort() == PORT;
    }

    private static boolean isWholeUdp(IpHeader ip) {
        return ip.protocol() == UdpHeader.PROTOCOL && !(ip instanceof Ipv4Header v4 && v4.isFragment());
    }

    /** Keepalives say nothing, and IKE, which four zero bytes mark, has nobody here (RFC 3948, sections 2.2 and 2.3). */
    @Override
    public void arrive(ByteBuffer datagram) {
        byte[] data = new byte[datagram.remaining()];
        datagram.get(data);
        boolean keepalive = data.length == 1 && (data[0] & 0xff) == KEEPALIVE;
        PacketBuffer packet = PacketBuffer.of(data);
        if (!keepalive && data.length > MARKER && packet.i32(0) != 0) {
            UdpHeader.prepend(packet, PORT, PORT);
            IpHeader ip = IpHeader.prepend(packet, peer, address, UdpHeader.PROTOCOL);
            if (ip.family() == Family.INET6) {
                UdpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip);
            }
            ip.finish(packet.length());
            host.accept(packet.toBytes());
        }
    }
}
