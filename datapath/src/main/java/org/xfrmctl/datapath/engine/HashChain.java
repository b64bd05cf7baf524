package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Reqid;

/**
 * In which chain of a table a kernel keeps the states between two addresses ({@code __xfrm_dst_hash()}), on a processor
 * that has the low byte first. It matters where a state stands in a chain that is not its own.
 */
final class HashChain {
    /** What lookup3, which is Bob Jenkins', begins with, for 16 bytes. */
    private static final int START = 0xdeadbeef + 16;

    private HashChain() {}

    static int of(IpAddress destination, IpAddress source, Reqid reqid, int chains) {
        int ends = destination.family() == Family.INET
                ? Integer.reverseBytes(Integer.reverseBytes(destination.word0()) + Integer.reverseBytes(source.word0()))
                : hash(destination) ^ hash(source);
        int hash = destination.family().number() ^ reqid.bits() ^ ends;
        return (hash ^ hash >>> 16) & chains - 1;
    }

    private static int hash(IpAddress address) {
        int a = START + Integer.reverseBytes(address.word0());
        int b = START + Integer.reverseBytes(address.word1());
        int c = START + Integer.reverseBytes(address.word2());
        a = a - c ^ Integer.rotateLeft(c, 4);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 6);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 8);
        b += a;
        a = a - c ^ Integer.rotateLeft(c, 16);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 19);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 4);
        b += a;

        a += Integer.reverseBytes(address.word3());
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
