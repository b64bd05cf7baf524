package org.xfrmctl.datapath.link;

import java.util.List;
import java.util.random.RandomGenerator;

/** Swaps neighbours: a packet that is held back follows the next one. The last packet of all may stay held. */
final class Reordering implements Impairment {
    private final double probability;
    private final RandomGenerator random;
    private List<byte[]> held = List.of();

    Reordering(double probability, RandomGenerator random) {
        this.probability = probability;
        this.random = random;
    }

    @Override
    public List<byte[]> pass(byte[] packet) {
        if (!held.isEmpty()) {
            List<byte[]> both = List.of(packet, held.get(0));
            held = List.of();
            return both;
        }
        if (random.nextDouble() < probability) {
            held = List.of(packet);
            return List.of();
        }
        return List.of(packet);
    }
}
