package org.xfrmctl.datapath.engine;

import java.util.Arrays;
import org.xfrmctl.model.IpAddress;

/**
 * Numbers, from 1, for the destinations and protocols that states have: one number to compare instead of six. Most hosts
 * have few, which stay in the processor's cache. A number lasts until all who took it have given it back.
 */
final class DestinationTable {
    /** No number: nobody has taken one for this destination. */
    static final int NONE = 0;

    /** Where what stands in an entry. */
    private static final int WORDS = 0;

    private static final int PROTOCOL_AND_FAMILY = 4;
    /** The next entry of the chain, or of those that are free. */
    private static final int NEXT = 5;

    private static final int USERS = 6;
    private static final int ENTRY = 8;

    /** The first entry of each chain. */
    private int[] heads = new int[8];
    /** By number; that of 0 is not used. */
    private int[] entries = new int[8 * ENTRY];
    /** The number that has not been used so far, and the first of those that were given back. */
    private int fresh = 1;

    private int free = NONE;

    int find(IpAddress destination, int protocol) {
        int rest = protocolAndFamily(destination, protocol);
        int number = heads[chain(destination.word0(), destination.word3(), rest)];
        while (number != NONE) {
            int at = number * ENTRY;
            if (entries[at + WORDS] == destination.word0()
                    && entries[at + WORDS + 3] == destination.word3()
                    && entries[at + PROTOCOL_AND_FAMILY] == rest
                    && entries[at + WORDS + 1] == destination.word1()
                    && entries[at + WORDS + 2] == destination.word2()) {
                return number;
            }
            number = entries[at + NEXT];
        }
        return NONE;
    }

    /** The number of a destination, to be given back once more than before. */
    int take(IpAddress destination, int protocol) {
        int number = find(destination, protocol);
        if (number == NONE) {
            number = enter(destination, protocol);
        }
        entries[number * ENTRY + USERS]++;
        return number;
    }

    void giveBack(int number) {
        int at = number * ENTRY;
        if (--entries[at + USERS] > 0) {
            return;
        }
        int chain = chain(number);
        if (heads[chain] == number) {
            heads[chain] = entries[at + NEXT];
        } else {
            int before = heads[chain];
            while (entries[before * ENTRY + NEXT] != number) {
                before = entries[before * ENTRY + NEXT];
            }
            entries[before * ENTRY + NEXT] = entries[at + NEXT];
        }
        entries[at + NEXT] = free;
        free = number;
    }

    private int enter(IpAddress destination, int protocol) {
        int number = unused();
        int at = number * ENTRY;
        entries[at + WORDS] = destination.word0();
        entries[at + WORDS + 1] = destination.word1();
        entries[at + WORDS + 2] = destination.word2();
        entries[at + WORDS + 3] = destination.word3();
        entries[at + PROTOCOL_AND_FAMILY] = protocolAndFamily(destination, protocol);
        link(number);
        return number;
    }

    private int unused() {
        if (free != NONE) {
            int number = free;
            free = entries[number * ENTRY + NEXT];
            return number;
        }
        if (fresh == heads.length) {
            grow();
        }
        return fresh++;
    }

    /** Only called when no number is free, so all of them are in chains. */
    private void grow() {
        entries = Arrays.copyOf(entries, 2 * entries.length);
        heads = new int[2 * heads.length];
        for (int number = 1; number < fresh; number++) {
            link(number);
        }
    }

    private void link(int number) {
        int chain = chain(number);
        entries[number * ENTRY + NEXT] = heads[chain];
        heads[chain] = number;
    }

    private int chain(int number) {
        int at = number * ENTRY;
        return chain(entries[at + WORDS], entries[at + WORDS + 3], entries[at + PROTOCOL_AND_FAMILY]);
    }

    /** Of an address only the words that tell hosts apart count. */
    private int chain(int word0, int word3, int protocolAndFamily) {
        int hash = (word0 * 31 + word3) * 31 + protocolAndFamily;
        hash *= 0x9e3779b1;
        return (hash ^ hash >>> 15) & heads.length - 1;
    }

    private static int protocolAndFamily(IpAddress destination, int protocol) {
        return protocol | destination.family().number() << 8;
    }
}
