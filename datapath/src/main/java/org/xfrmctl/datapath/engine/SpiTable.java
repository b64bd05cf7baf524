package org.xfrmctl.datapath.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;

/**
 * States by destination, SPI and protocol, the newest first ({@code net->xfrm.state_byspi}). Each packet that arrives
 * asks, so a question makes no object. With many states it is memory that has to be waited for: all that is compared
 * stands together in one array, and not in objects all over the heap.
 */
final class SpiTable {
    /** Where what stands in an entry. */
    private static final int SPI = 0;

    private static final int PROTOCOL_AND_FAMILY = 1;
    private static final int WORDS = 2;
    private static final int MARK = 6;
    private static final int MASK = 7;
    private static final int ENTRY = 8;

    private static final int NONE = -1;

    /** The first entry of each chain. */
    private int[] heads = chains(16);

    private int[] entries = new int[16 * ENTRY];
    /** By entry the next one of its chain, or of those that are free. */
    private int[] next = new int[16];

    private @Nullable SecurityAssociation[] associations = new SecurityAssociation[16];
    /** How many entries have ever been taken, and the first of those that were given back. */
    private int taken;

    private int free = NONE;
    private long looks;

    void add(SecurityAssociation association) {
        int entry = take();
        write(entry * ENTRY, association);
        associations[entry] = association;
        link(entry);
    }

    private int take() {
        if (free != NONE) {
            int entry = free;
            free = next[entry];
            return entry;
        }
        if (taken == next.length) {
            grow();
        }
        return taken++;
    }

    private void write(int at, SecurityAssociation association) {
        SaId id = association.id();
        Mark mark = association.definition().mark();
        entries[at + SPI] = id.spi().bits();
        entries[at + PROTOCOL_AND_FAMILY] = protocolAndFamily(id.protocol().number(), id.destination());
        entries[at + WORDS] = id.destination().word0();
        entries[at + WORDS + 1] = id.destination().word1();
        entries[at + WORDS + 2] = id.destination().word2();
        entries[at + WORDS + 3] = id.destination().word3();
        entries[at + MARK] = mark.value();
        entries[at + MASK] = mark.mask();
    }

    private void link(int entry) {
        int chain = chain(entry);
        next[entry] = heads[chain];
        heads[chain] = entry;
    }

    void remove(SecurityAssociation association) {
        SaId id = association.id();
        int chain = chain(id.destination(), id.spi().bits(), id.protocol().number());
        int before = NONE;
        int entry = heads[chain];
        while (entry != NONE && associations[entry] != association) {
            before = entry;
            entry = next[entry];
        }
        if (entry == NONE) {
            return;
        }
        if (before == NONE) {
            heads[chain] = next[entry];
        } else {
            next[before] = next[entry];
        }
        associations[entry] = null;
        next[entry] = free;
        free = entry;
    }

    @Nullable
    SecurityAssociation find(IpAddress destination, int spi, int protocol, int mark) {
        int entry = heads[chain(destination, spi, protocol)];
        int rest = protocolAndFamily(protocol, destination);
        while (entry != NONE) {
            looks++;
            int at = entry * ENTRY;
            if (entries[at + SPI] == spi
                    && entries[at + WORDS] == destination.word0()
                    && entries[at + WORDS + 3] == destination.word3()
                    && entries[at + PROTOCOL_AND_FAMILY] == rest
                    && entries[at + WORDS + 1] == destination.word1()
                    && entries[at + WORDS + 2] == destination.word2()
                    && (mark & entries[at + MASK]) == entries[at + MARK]) {
                return associations[entry];
            }
            entry = next[entry];
        }
        return null;
    }

    long looks() {
        return looks;
    }

    /** Only called when no entry is free, so all of them are in chains, whose order stays. */
    private void grow() {
        int larger = 2 * next.length;
        int[] fromTheEnds = fromTheEnds();
        entries = Arrays.copyOf(entries, larger * ENTRY);
        associations = Arrays.copyOf(associations, larger);
        next = new int[larger];
        heads = chains(larger);
        for (int entry : fromTheEnds) {
            link(entry);
        }
    }

    /** Each chain from its end, so that linking restores it. */
    private int[] fromTheEnds() {
        int[] order = new int[taken];
        int at = 0;
        for (int head : heads) {
            int start = at;
            for (int entry = head; entry != NONE; entry = next[entry]) {
                order[at++] = entry;
            }
            for (int low = start, high = at - 1; low < high; low++, high--) {
                int entry = order[low];
                order[low] = order[high];
                order[high] = entry;
            }
        }
        return order;
    }

    private int chain(int entry) {
        int at = entry * ENTRY;
        return chain(
                entries[at + WORDS],
                entries[at + WORDS + 3],
                entries[at + SPI],
                entries[at + PROTOCOL_AND_FAMILY] & 0xff);
    }

    private int chain(IpAddress destination, int spi, int protocol) {
        return chain(destination.word0(), destination.word3(), spi, protocol);
    }

    /** Of an address only the words that tell hosts apart count. */
    private int chain(int word0, int word3, int spi, int protocol) {
        int hash = (spi * 31 + word0) * 31 + word3 + protocol;
        hash *= 0x9e3779b1;
        return (hash ^ hash >>> 15) & heads.length - 1;
    }

    private static int protocolAndFamily(int protocol, IpAddress address) {
        return protocol | address.family().number() << 8;
    }

    private static int[] chains(int count) {
        int[] chains = new int[count];
        Arrays.fill(chains, NONE);
        return chains;
    }
}
