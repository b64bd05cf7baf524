package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of one destination and protocol by their SPI, which is not 0. With many states it is memory that has to be
 * waited for, so there is little of it: the SPI is all that is compared, and the state stands at the same place of another
 * array, so that the processor fetches both at once.
 */
final class SpiSlots {
    private static final int SMALLEST = 4;
    private static final int EMPTY = 0;

    /** Who finds a slot taken takes the next one. */
    private int[] spis = new int[SMALLEST];
    /** By slot the newest of the states with this SPI. */
    private @Nullable SecurityAssociation[] newest = new SecurityAssociation[SMALLEST];
    /** The states that differ from a newest one by nothing but their mark, newest first; few have any. */
    private Map<SecurityAssociation, List<SecurityAssociation>> older = Map.of();

    private int taken;
    /** How many states have a mark, by which they take or leave a packet. */
    private int marked;

    private long looks;

    void add(SecurityAssociation association) {
        int slot = slot(association.id().spi().bits());
        SecurityAssociation before = newest[slot];
        marked += marks(association);
        if (before == null) {
            put(slot, association);
            taken++;
            if (taken > spis.length / 4 * 3) {
                grow();
            }
            return;
        }
        if (older.isEmpty()) {
            older = new HashMap<>();
        }
        List<SecurityAssociation> others = older.getOrDefault(before, new ArrayList<>(1));
        others.add(0, before);
        older.remove(before);
        older.put(association, others);
        put(slot, association);
    }

    private static int marks(SecurityAssociation association) {
        return association.definition().mark().isNone() ? 0 : 1;
    }

    private void put(int slot, SecurityAssociation association) {
        spis[slot] = association.id().spi().bits();
        newest[slot] = association;
    }

    /** False if it was not there. */
    boolean remove(SecurityAssociation association) {
        int slot = slot(association.id().spi().bits());
        SecurityAssociation first = newest[slot];
        if (first == association) {
            removeFirst(slot, association);
        } else if (first == null || !removeOlder(first, association)) {
            return false;
        }
        marked -= marks(association);
        return true;
    }

    private void removeFirst(int slot, SecurityAssociation association) {
        List<SecurityAssociation> others = older.getOrDefault(association, List.of());
        if (others.isEmpty()) {
            taken--;
            close(slot);
            return;
        }
        older.remove(association);
        SecurityAssociation next = others.remove(0);
        put(slot, next);
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
        int mask = spis.length - 1;
        int hole = slot;
        for (int at = hole + 1 & mask; spis[at] != EMPTY; at = at + 1 & mask) {
            boolean wantsHole = (at - home(spis[at]) & mask) >= (at - hole & mask);
            if (wantsHole) {
                spis[hole] = spis[at];
                newest[hole] = newest[at];
                hole = at;
            }
        }
        spis[hole] = EMPTY;
        newest[hole] = null;
    }

    boolean isEmpty() {
        return taken == 0;
    }

    @Nullable
    SecurityAssociation find(int spi, int mark) {
        int mask = spis.length - 1;
        int slot = home(spi);
        while (true) {
            int found = spis[slot];
            looks++;
            if (found == spi) {
                return marked == 0 ? newest[slot] : matching(newest[slot], mark);
            }
            if (found == EMPTY) {
                return null;
            }
            slot = slot + 1 & mask;
        }
    }

    private @Nullable SecurityAssociation matching(@Nullable SecurityAssociation first, int mark) {
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
        @Nullable SecurityAssociation[] old = newest;
        spis = new int[2 * spis.length];
        newest = new SecurityAssociation[spis.length];
        for (SecurityAssociation association : old) {
            if (association != null) {
                put(slot(association.id().spi().bits()), association);
            }
        }
    }

    /** Where an SPI is, or where it would be put. */
    private int slot(int spi) {
        int slot = home(spi);
        while (spis[slot] != EMPTY && spis[slot] != spi) {
            slot = slot + 1 & spis.length - 1;
        }
        return slot;
    }

    /**
     * Knuth's multiplicative hashing: SPIs that follow each other, as people choose them, spread evenly, without any two
     * at one place; those that a kernel draws spread at random.
     */
    private int home(int spi) {
        return (spi * 0x9e3779b1) >>> (Integer.numberOfLeadingZeros(spis.length) + 1);
    }
}
