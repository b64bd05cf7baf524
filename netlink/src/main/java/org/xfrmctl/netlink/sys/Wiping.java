package org.xfrmctl.netlink.sys;

import java.nio.ByteBuffer;

/** Overwrites memory that held keys: requests and dumps do, and direct memory lives long. */
final class Wiping {
    private static final byte[] ZEROS = new byte[4096];

    private Wiping() {}

    /** The first {@code size} bytes become zero. */
    static void zero(ByteBuffer memory, int size) {
        for (int at = 0; at < size; at += ZEROS.length) {
            memory.put(at, ZEROS, 0, Math.min(ZEROS.length, size - at));
        }
    }
}
