package org.xfrmctl.netlink.sys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The names of the network interfaces in the namespace of the calling thread (if_nametoindex(3)). */
public final class InterfaceNames {
    /** IFNAMSIZ of linux/if.h, with the zero at its end. */
    private static final int LONGEST = 16;

    private InterfaceNames() {}

    /** The index of the interface that has this name, or has it as an alternative; 0 if there is none. */
    public static int indexOf(String name) {
        return LibC.get().if_nametoindex(name);
    }

    /** Empty for an index that no interface has. */
    public static Optional<String> find(int index) {
        ByteBuffer name = ByteBuffer.allocateDirect(LONGEST);
        if (LibC.get().if_indextoname(index, name) == null) {
            return Optional.empty();
        }
        byte[] bytes = new byte[LONGEST];
        name.get(0, bytes);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }
}
