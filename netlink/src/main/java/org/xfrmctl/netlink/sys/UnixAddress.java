package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@code struct sockaddr_un}: the path of a Unix socket. */
final class UnixAddress {
    /** What the structure has room for, without the zero at its end. */
    static final int LONGEST = 107;

    private static final int FAMILY = 2;

    private final ByteBuffer bytes;

    /** Refuses a path that the structure has no room for. */
    UnixAddress(Path path) {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST) {
            throw new IllegalArgumentException(
                    path + " has " + name.length + " bytes; the path of a Unix socket has " + LONGEST + " at most");
        }
        bytes = ByteBuffer.allocateDirect(FAMILY + name.length + 1).order(nativeOrder());
        bytes.putShort(0, (short) LibC.AF_UNIX).put(FAMILY, name);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    int length() {
        return bytes.capacity();
    }
}
