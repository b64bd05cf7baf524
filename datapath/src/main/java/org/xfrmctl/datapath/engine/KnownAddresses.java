package org.xfrmctl.datapath.engine;

import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * The addresses that packets have had lately, so that the next packet needs no new object. An address that comes to the
 * place of another takes it. Guarded by the lock of the {@link XfrmNamespace}.
 */
final class KnownAddresses {
    private static final int PLACES = 1 << 8;

    private final @Nullable IpAddress[] known = new IpAddress[PLACES];

    /** The IPv4 address at {@code at}. */
    IpAddress v4(byte[] bytes, int at) {
        return of(Family.INET, i32(bytes, at), 0, 0, 0);
    }

    /** The IPv6 address at {@code at}. */
    IpAddress v6(byte[] bytes, int at) {
        return of(Family.INET6, i32(bytes, at), i32(bytes, at + 4), i32(bytes, at + 8), i32(bytes, at + 12));
    }

    private IpAddress of(Family family, int word0, int word1, int word2, int word3) {
        int place = ((word0 * 31 + word3) * 0x9e3779b1) >>> 24;
        IpAddress present = known[place];
        if (present != null
                && present.word0() == word0
                && present.word1() == word1
                && present.word2() == word2
                && present.word3() == word3
                && present.family() == family) {
            return present;
        }
        IpAddress fresh = new IpAddress(family, word0, word1, word2, word3);
        known[place] = fresh;
        return fresh;
    }

    private static int i32(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }
}
