package org.xfrmctl.it.interop;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.nativeOrder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.sys.LibC;

/** The real kernel's ping: a raw socket, as the program has, without a process for each. */
final class EchoSocket implements AutoCloseable {
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int HEADER = 8;
    private static final int IPV4 = 20;

    private final LibC libc = LibC.get();
    private final ByteBuffer memory = ByteBuffer.allocateDirect(65_536);
    private final boolean v4;
    private final int socket;

    EchoSocket(IpAddress own) throws IOException {
        this.v4 = own.family() == Family.INET;
        this.socket = libc.socket(v4 ? LibC.AF_INET : LibC.AF_INET6, LibC.SOCK_RAW, v4 ? ICMP : ICMPV6);
        ByteBuffer address = address(own, 0);
        if (socket < 0 || libc.bind(socket, address, address.capacity()) < 0) {
            throw new IOException("no raw socket for " + own + ": errno " + LibC.errno());
        }
    }

    /** A {@code struct sockaddr_in} or {@code sockaddr_in6}. */
    static ByteBuffer address(IpAddress address, int port) {
        boolean v4 = address.family() == Family.INET;
        ByteBuffer bytes = ByteBuffer.allocateDirect(v4 ? 16 : 28).order(nativeOrder());
        bytes.putShort(0, (short) (v4 ? LibC.AF_INET : LibC.AF_INET6));
        bytes.order(BIG_ENDIAN).putShort(2, (short) port);
        return bytes.put(v4 ? 4 : 8, address.toBytes());
    }

    void request(IpAddress to, int sequence, byte[] data) throws IOException {
        byte[] message = message(v4 ? 8 : 128, sequence, data);
        memory.put(0, message);
        ByteBuffer address = address(to, 0);
        if (libc.sendto(socket, memory, message.length, 0, address, address.capacity()) < 0) {
            throw new IOException("echo request of " + data.length + " bytes: errno " + LibC.errno());
        }
    }

    /** Whether the right answer has come. */
    boolean isAnswered(int sequence, byte[] data) {
        byte[] expected = message(v4 ? 0 : 129, sequence, data);
        for (long length = read(); length >= 0; length = read()) {
            int at = v4 ? IPV4 : 0;
            byte[] message = new byte[(int) Math.max(0, length - at)];
            memory.get(at, message);
            if (!v4 && message.length > 4) {
                // The kernel fills in the checksum, and has checked it.
                message[2] = 0;
                message[3] = 0;
            }
            if (Arrays.equals(message, expected)) {
                return true;
            }
        }
        return false;
    }

    private long read() {
        return libc.recv(socket, memory, memory.capacity(), LibC.MSG_DONTWAIT);
    }

    private byte[] message(int type, int sequence, byte[] data) {
        ByteBuffer message = ByteBuffer.allocate(HEADER + data.length);
        message.put(0, (byte) type)
                .putShort(4, (short) 0x1717)
                .putShort(6, (short) sequence)
                .put(HEADER, data);
        if (v4) {
            int sum = 0;
            for (int i = 0; i < message.capacity(); i++) {
                sum += (message.get(i) & 0xff) << ((i & 1) == 0 ? 8 : 0);
            }
            sum = (sum & 0xffff) + (sum >>> 16);
            message.putShort(2, (short) ~((sum & 0xffff) + (sum >>> 16)));
        }
        return message.array();
    }

    @Override
    public void close() {
        libc.close(socket);
    }
}
