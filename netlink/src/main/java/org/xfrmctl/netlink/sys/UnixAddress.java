package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@code struct sockaddr_un}: the path of a Unix socket, or its name in the abstract namespace. */
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

    private UnixAddress(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A path, or with {@code @} in front a name in the abstract namespace: that begins with a zero and ends without one. */
    static UnixAddress named(String text) {
        if (!text.startsWith("@")) {
            return new UnixAddress(Path.of(text));
        }
        UnixAddress path = new UnixAddress(Path.of(text));
        path.bytes.put(FAMILY, (byte) 0);
        return new UnixAddress(path.bytes.slice(0, path.length() - 1).order(nativeOrder()));
    }

    ByteBuffer bytes() {
        return bytes;
    }

    int length() {
        return bytes.capacity();
    }
}
