package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/** A UDP socket that speaks with one other (udp(7)); what the channel carries is the data of datagrams. */
public record UdpEndpoint(Address local, Address remote, PacketChannel channel) {
    /** An address and a port: a {@code struct sockaddr_in} or {@code sockaddr_in6}. */
    public record Address(IpAddress address, int port) {
        private static final int SOCKADDR_IN = 16;
        private static final int SOCKADDR_IN6 = 28;

        int family() {
            return address.family() == Family.INET ? LibC.AF_INET : LibC.AF_INET6;
        }

        ByteBuffer bytes() {
            boolean v4 = address.family() == Family.INET;
            ByteBuffer bytes =
                    ByteBuffer.allocateDirect(v4 ? SOCKADDR_IN : SOCKADDR_IN6).order(nativeOrder());
            bytes.putShort(0, (short) family());
            bytes.order(BIG_ENDIAN).putShort(2, (short) port);
            return bytes.put(v4 ? 4 : 8, address.toBytes());
        }

        @Override
        public String toString() {
            return (address.family() == Family.INET6 ? "[" + address + "]" : address) + ":" + port;
        }
    }

    /**
     * Opens the socket.
     *
     * @throws org.xfrmctl.netlink.NetlinkException EADDRINUSE if the local port is taken, EADDRNOTAVAIL if the local address
     *     is not this machine's
     */
    public static UdpEndpoint open(Address local, Address remote) {
        LibC libc = LibC.get();
        int type = LibC.SOCK_DGRAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;
        FileDescriptor socket = new FileDescriptor("open a UDP socket", libc.socket(local.family(), type, 0));
        try {
            ByteBuffer own = local.bytes();
            FileDescriptor.check("bind to UDP " + local, libc.bind(socket.number(), own, own.capacity()));
            ByteBuffer other = remote.bytes();
            FileDescriptor.check("connect to UDP " + remote, libc.connect(socket.number(), other, other.capacity()));
            return new UdpEndpoint(local, remote, new PacketChannel(socket, "UDP " + local + " to " + remote));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
