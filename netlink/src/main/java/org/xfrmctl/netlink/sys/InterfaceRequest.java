package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A {@code struct ifreq}: what ioctl(2) asks of a network interface by its name (netdevice(7)). */
final class InterfaceRequest {
    static final long GET_MTU = 0x8921;
    static final long GET_HARDWARE_ADDRESS = 0x8927;

    /** IFNAMSIZ, with the zero at the end. */
    private static final int NAME = 16;

    private static final int SIZE = 40;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(SIZE).order(nativeOrder());

    /** Refuses a name that no interface can have. */
    InterfaceRequest(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0 || text.length >= NAME) {
            throw new IllegalArgumentException("\"" + name + "\" has " + text.length
                    + " bytes; the name of a network interface has 1 to " + (NAME - 1));
        }
        bytes.put(0, text);
    }

    /** Asks or sets; the error names the interface. */
    InterfaceRequest call(FileDescriptor file, long request, String what) {
        FileDescriptor.check(what, LibC.get().ioctl(file.number(), request, bytes));
        return this;
    }

    InterfaceRequest putShort(int value) {
        bytes.putShort(NAME, (short) value);
        return this;
    }

    int getInt() {
        return bytes.getInt(NAME);
    }

    /** The bytes of a {@code struct sockaddr} behind its family. */
    byte[] address(int length) {
        byte[] address = new byte[length];
        bytes.get(NAME + Short.BYTES, address);
        return address;
    }

    /** The name, which the kernel may have chosen. */
    String name() {
        byte[] name = new byte[NAME];
        bytes.get(0, name);
        return new String(name, StandardCharsets.UTF_8).split("\0", 2)[0];
    }
}
