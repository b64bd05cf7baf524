package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The memory that recvmsg(2) fills: a {@code struct msghdr} and what it points to, laid out as on 64-bit Linux. Made
 * once and used for every datagram; for one thread at a time.
 */
final class ReceivedMessage {
    /** {@code struct sockaddr_nl}. */
    private static final int NAME = 12;
    /** Where it has the port id; 0 is the kernel. */
    private static final int NL_PID = 4;

    private static final int MSGHDR = 56;
    private static final int MSG_NAME = 0;
    private static final int MSG_NAMELEN = 8;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;

    /** {@code struct cmsghdr}: length, level, type; then the data. */
    private static final int CMSG_LEVEL = 8;

    private static final int CMSG_TYPE = 12;
    private static final int CMSG_DATA = 16;
    private static final int CONTROL = 64;

    private final ByteBuffer data;
    private final ByteBuffer name = direct(NAME);
    private final ByteBuffer control = direct(CONTROL);
    private final ByteBuffer vector = direct(16);
    private final ByteBuffer header = direct(MSGHDR);

    /** With room for datagrams of {@code size} bytes. */
    ReceivedMessage(int size) {
        data = direct(size);
        vector.putLong(0, LibC.address(data)).putLong(8, size);
        header.putLong(MSG_NAME, LibC.address(name));
        header.putLong(MSG_IOV, LibC.address(vector)).putLong(MSG_IOVLEN, 1);
        header.putLong(MSG_CONTROL, LibC.address(control));
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(nativeOrder());
    }

    /** The header for the next call, with room for everything again: the kernel puts in what it used. */
    ByteBuffer header() {
        header.putInt(MSG_NAMELEN, NAME).putLong(MSG_CONTROLLEN, CONTROL);
        return header;
    }

    /** The datagram's bytes, valid until the next call. */
    ByteBuffer datagram(int length) {
        return data.slice(0, length).order(nativeOrder());
    }

    int capacity() {
        return data.capacity();
    }

    /** Any process with CAP_NET_ADMIN may send to any netlink socket; only the kernel is believed. */
    boolean isFromKernel() {
        return name.getInt(NL_PID) == 0;
    }

    /** The namespace id in the control messages, which holds nothing else; empty if there is none. */
    OptionalInt namespace() {
        boolean told = header.getLong(MSG_CONTROLLEN) >= CMSG_DATA + Integer.BYTES
                && control.getInt(CMSG_LEVEL) == LibC.SOL_NETLINK
                && control.getInt(CMSG_TYPE) == LibC.NETLINK_LISTEN_ALL_NSID;
        return told ? OptionalInt.of(control.getInt(CMSG_DATA)) : OptionalInt.empty();
    }

    /** Dumps show keys, and direct memory lives until the collector comes. */
    void wipe() {
        Wiping.zero(data, data.capacity());
    }
}
