package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;

/**
 * States by destination, SPI and protocol, the newest first ({@code net->xfrm.state_byspi}). Each packet that arrives
 * asks, so a question makes no object. With many states it is memory that has to be waited for: one number is all that is
 * compared, and the state stands at the same place of another array, so that the processor fetches both at once. At most
 * half of the slots are taken, and the first one looked at is nearly always the right one.
 */
final class SpiTable {
    private static final int SMALLEST = 32;
    private static final long EMPTY = 0;
    /** In a key: the newest state has a mark, by which it takes or leaves a packet. */
    private static final long MARKED = 1;

    private final DestinationTable destinations = new DestinationTable();

    /** The SPI, the number of the destination and {@link #MARKED}; who finds a slot taken takes the next one. */
    private long[] keys = new long[SMALLEST];
    /** By slot the newest of the states with this key. */
    private @Nullable SecurityAssociation[] newest = new SecurityAssociation[SMALLEST];
    /** The states that differ from a newest one by nothing but their mark, newest first; few have any. */
    private final Map<SecurityAssociation, List<SecurityAssociation>> older = new HashMap<>();

    private int taken;
    private long looks;

    void add(SecurityAssociation association) {
        int destination = destinations.take(
                association.destination(), association.id().protocol().number());
        long key = key(association.id().spi().bits(), destination);
        int slot = slot(key);
        SecurityAssociation before = newest[slot];
        if (before != null) {
            List<SecurityAssociation> others = older.getOrDefault(before, new ArrayList<>(1));
            others.add(0, before);
            older.remove(before);
            older.put(association, others);
        }
        put(slot, key, association);
        if (before == null && ++taken > keys.length / 2) {
            grow();
        }
    }

    private void put(int slot, long key, SecurityAssociation association) {
        keys[slot] = association.definition().mark().isNone() ? key : key | MARKED;
        newest[slot] = association;
    }

    void remove(SecurityAssociation association) {
        int protocol = association.id().protocol().number();
        int destination = destinations.find(association.destination(), protocol);
        if (destination == DestinationTable.NONE) {
            return;
        }
        long key = key(association.id().spi().bits(), destination);
        int slot = slot(key);
        SecurityAssociation first = newest[slot];
        if (first == association) {
            removeFirst(slot, key, association);
        } else if (first == null || !removeOlder(first, association)) {
            return;
        }
        destinations.giveBack(destination);
    }

    private void removeFirst(int slot, long key, SecurityAssociation association) {
        List<SecurityAssociation> others = older.remove(association);
        if (others == null) {
            taken--;
            close(slot);
            return;
        }
        SecurityAssociation next = others.remove(0);
        put(slot, key, next);
        if (!others.isEmpty()) {
            older.put(next, others);
        }
    }

    private boolean removeOlder(SecurityAssociation first, SecurityAssociation association) {
        List<SecurityAssociation> others = older.getOrDefault(first, List.of());
        boolean removed = others.contains(association) && others.remove(association);
        if (removed && others.isEmpty()) {
            older.remove(first);
        }
        return removed;
    }

    /** Empties a slot: what stands behind it because its own slot was taken moves up, so that no search ends too early. */
    private void close(int slot) {
        int mask = keys.length - 1;
        int hole = slot;
        for (int at = hole + 1 & mask; keys[at] != EMPTY; at = at + 1 & mask) {
            boolean wantsHole = (at - home(keys[at]) & mask) >= (at - hole & mask);
            if (wantsHole) {
                keys[hole] = keys[at];
                newest[hole] = newest[at];
                hole = at;
            }
        }
        keys[hole] = EMPTY;
        newest[hole] = null;
    }

    @Nullable
    SecurityAssociation find(IpAddress destination, int spi, int protocol, int mark) {
        int number = destinations.find(destination, protocol);
        if (number == DestinationTable.NONE) {
            return null;
        }
        long key = key(spi, number);
        int mask = keys.length - 1;
        int slot = home(key);
        while (true) {
            long found = keys[slot];
            looks++;
            if (found == key) {
                return newest[slot];
            }
            if (found == EMPTY) {
                return null;
            }
            if (found == (key | MARKED)) {
                return marked(newest[slot], mark);
            }
            slot = slot + 1 & mask;
        }
    }

    private @Nullable SecurityAssociation marked(@Nullable SecurityAssociation first, int mark) {
        if (first == null || first.definition().mark().matches(mark)) {
            return first;
        }
        List<SecurityAssociation> others = older.getOrDefault(first, List.of());
        for (int i = 0; i < others.size(); i++) {
            SecurityAssociation other = others.get(i);
            looks++;
            if (other.definition().mark().matches(mark)) {
                return other;
            }
        }
        return null;
    }

    long looks() {
        return looks;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable SecurityAssociation[] old = newest;
        keys = new long[2 * oldKeys.length];
        newest = new SecurityAssociation[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                newest[slot] = old[i];
            }
        }
    }

    /** Where a key is, or where it would be put. */
    private int slot(long key) {
        int slot = home(key);
        while (keys[slot] != EMPTY && (keys[slot] ^ key) >>> 1 != 0) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private static long key(int spi, int destination) {
        return (long) spi << 32 | (long) destination << 1;
    }

    /**
     * Knuth's multiplicative hashing: SPIs that follow each other, as people choose them, spread evenly, without any two
     * at one place; those that a kernel draws spread at random.
     */
    private int home(long key) {
        int hash = (int) (key >>> 32) * 0x9e3779b1 + (int) (key >>> 1) * 0x85ebca6b;
        return hash >>> (Integer.numberOfLeadingZeros(keys.length) + 1);
    }
}
