package org.xfrmctl.datapath.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian words in byte arrays. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Words() {}

    static void putLong(byte[] array, int offset, long value) {
        LONGS.set(array, offset, value);
    }

    static void putInt(byte[] array, int offset, int value) {
        INTS.set(array, offset, value);
    }
}
