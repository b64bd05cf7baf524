package org.xfrmctl.it.interop;

import static java.nio.ByteOrder.nativeOrder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.sys.LibC;

/** A UDP socket whose packets nobody may fragment ({@code IP_PMTUDISC_DO}). What it sends does not compress. */
final class WholeDatagrams implements AutoCloseable {
    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int DO = 2;

    private final LibC libc = LibC.get();
    private final ByteBuffer memory = ByteBuffer.allocateDirect(65_536);
    private final int socket;

    WholeDatagrams(IpAddress from, IpAddress to, int port) throws IOException {
        boolean v4 = from.family() == Family.INET;
        byte[] noise = new byte[memory.capacity()];
        new Random(1).nextBytes(noise);
        memory.put(0, noise);
        socket = libc.socket(v4 ? LibC.AF_INET : LibC.AF_INET6, LibC.SOCK_DGRAM, 0);
        ByteBuffer own = EchoSocket.address(from, 0);
        ByteBuffer other = EchoSocket.address(to, port);
        ByteBuffer whole = ByteBuffer.allocateDirect(4).order(nativeOrder()).putInt(0, DO);
        if (socket < 0
                || libc.setsockopt(
                                socket,
                                v4 ? IPPROTO_IP : IPPROTO_IPV6,
                                v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER,
                                whole,
                                4)
                        < 0
                || libc.bind(socket, own, own.capacity()) < 0
                || libc.connect(socket, other, other.capacity()) < 0) {
            throw new IOException("no UDP socket from " + from + " to " + to + ": errno " + LibC.errno());
        }
    }

    /** Sends so many bytes; the errno, 0 if they were sent. */
    int send(int length) {
        return libc.send(socket, memory, length, 0) < 0 ? LibC.errno() : 0;
    }

    @Override
    public void close() {
        libc.close(socket);
    }
}
