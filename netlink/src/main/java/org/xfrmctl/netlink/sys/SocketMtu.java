package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.sys.UdpEndpoint.Address;

/** What the kernel tells a connected socket of its path: the route's MTU, less what transforms take of its packets. */
public final class SocketMtu {
    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU = 14;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MTU = 24;

    private SocketMtu() {}

    /**
     * Connects a UDP socket, which sends nothing, and asks.
     *
     * @param local port 0 takes any
     * @param mark the socket's (SO_MARK), which takes CAP_NET_ADMIN; 0 is none
     * @throws org.xfrmctl.netlink.NetlinkException if there is no such address here, or no route from it
     */
    public static int of(Address local, Address remote, int mark) {
        LibC libc = LibC.get();
        int type = LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC;
        try (FileDescriptor socket = new FileDescriptor("open a UDP socket", libc.socket(local.family(), type, 0))) {
            if (mark != 0) {
                FileDescriptor.check(
                        "mark a UDP socket",
                        libc.setsockopt(socket.number(), LibC.SOL_SOCKET, LibC.SO_MARK, number(mark), Integer.BYTES));
            }
            ByteBuffer own = local.bytes();
            FileDescriptor.check("bind to UDP " + local, libc.bind(socket.number(), own, own.capacity()));
            ByteBuffer other = remote.bytes();
            FileDescriptor.check("connect to UDP " + remote, libc.connect(socket.number(), other, other.capacity()));
            boolean v4 = local.address().family() == Family.INET;
            ByteBuffer mtu = number(0);
            FileDescriptor.check(
                    "ask for the MTU of UDP " + local + " to " + remote,
                    libc.getsockopt(
                            socket.number(),
                            v4 ? IPPROTO_IP : IPPROTO_IPV6,
                            v4 ? IP_MTU : IPV6_MTU,
                            mtu,
                            number(Integer.BYTES)));
            return mtu.getInt(0);
        }
    }

    private static ByteBuffer number(int value) {
        return ByteBuffer.allocateDirect(Integer.BYTES).order(nativeOrder()).putInt(0, value);
    }
}
