package org.xfrmctl.datapath.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;

/**
 * States by destination, SPI and protocol, the newest first ({@code net->xfrm.state_byspi}). Each packet that arrives
 * asks, so a question makes no object.
 */
final class SpiTable {
    private final DestinationTable destinations = new DestinationTable();
    /** By the number of a destination. */
    private @Nullable SpiSlots[] slots = new SpiSlots[8];
    /** Of destinations that are not there any more. */
    private long earlierLooks;

    void add(SecurityAssociation association) {
        int destination = destinations.take(
                association.destination(), association.id().protocol().number());
        if (destination >= slots.length) {
            slots = Arrays.copyOf(slots, 2 * slots.length);
        }
        SpiSlots there = slots[destination];
        if (there == null) {
            there = new SpiSlots();
            slots[destination] = there;
        }
        there.add(association);
    }

    void remove(SecurityAssociation association) {
        int destination = destinations.find(
                association.destination(), association.id().protocol().number());
        SpiSlots there = slots[destination];
        if (there == null || !there.remove(association)) {
            return;
        }
        destinations.giveBack(destination);
        if (there.isEmpty()) {
            earlierLooks += there.looks();
            slots[destination] = null;
        }
    }

    @Nullable
    SecurityAssociation find(IpAddress destination, int spi, int protocol, int mark) {
        // Number 0 is nobody's, and has no slots.
        SpiSlots there = slots[destinations.find(destination, protocol)];
        return there == null ? null : there.find(spi, mark);
    }

    /** How many SPIs were compared so far. */
    long looks() {
        long looks = earlierLooks;
        for (SpiSlots there : slots) {
            looks += there == null ? 0 : there.looks();
        }
        return looks;
    }
}
