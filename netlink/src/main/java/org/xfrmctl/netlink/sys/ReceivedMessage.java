package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.util.Optional;
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
    /** {@code sizeof(struct sockaddr_in6)}, the longest name of a socket of IP. */
    private static final int NAME_IP = 28;
    /** An extended error and who it is from take 68 bytes of it. */
    private static final int CONTROL_IP = 256;

    private final ByteBuffer data;
    private final ByteBuffer name;
    private final ByteBuffer control;
    private final ByteBuffer vector = direct(16);
    private final ByteBuffer header = direct(MSGHDR);

    /** With room for netlink datagrams of {@code size} bytes. */
    ReceivedMessage(int size) {
        this(size, NAME, CONTROL);
    }

    private ReceivedMessage(int size, int names, int controls) {
        data = direct(size);
        name = direct(names);
        control = direct(controls);
        vector.putLong(0, LibC.address(data)).putLong(8, size);
        header.putLong(MSG_NAME, LibC.address(name));
        header.putLong(MSG_IOV, LibC.address(vector)).putLong(MSG_IOVLEN, 1);
        header.putLong(MSG_CONTROL, LibC.address(control));
    }

    /** With room for what the error queue of a socket of IP has, about packets of up to {@code size} bytes. */
    static ReceivedMessage ofErrors(int size) {
        return new ReceivedMessage(size, NAME_IP, CONTROL_IP);
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(nativeOrder());
    }

    /** The header for the next call, with room for everything again: the kernel puts in what it used. */
    ByteBuffer header() {
        header.putInt(MSG_NAMELEN, name.capacity()).putLong(MSG_CONTROLLEN, control.capacity());
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

    /** The data of the first control message of a level and type; empty if there is none. */
    Optional<ByteBuffer> control(int level, int type) {
        int end = (int) header.getLong(MSG_CONTROLLEN);
        int at = 0;
        while (at + CMSG_DATA <= end) {
            int length = (int) control.getLong(at);
            if (length < CMSG_DATA || at + length > end) {
                return Optional.empty();
            }
            if (control.getInt(at + CMSG_LEVEL) == level && control.getInt(at + CMSG_TYPE) == type) {
                return Optional.of(
                        control.slice(at + CMSG_DATA, length - CMSG_DATA).order(nativeOrder()));
            }
            // CMSG_ALIGN
            at += (length + Long.BYTES - 1) & -Long.BYTES;
        }
        return Optional.empty();
    }

    /** Dumps show keys, and direct memory lives until the collector comes. */
    void wipe() {
        Wiping.zero(data, data.capacity());
    }
}
