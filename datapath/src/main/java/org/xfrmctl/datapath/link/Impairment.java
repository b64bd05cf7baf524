package org.xfrmctl.datapath.link;

import java.util.List;
import java.util.random.RandomGenerator;

/** What a bad link makes of a packet. */
@FunctionalInterface
public interface Impairment {
    /** A link on which everything arrives once and in order. */
    Impairment NONE = packet -> List.of(packet);

    /** The packets that go on instead of this one, in order; none if it is lost. */
    List<byte[]> pass(byte[] packet);

    /** Loses packets at random; seed the generator to lose the same ones again. */
    static Impairment loss(double probability, RandomGenerator random) {
        return packet -> random.nextDouble() < probability ? List.of() : List.of(packet);
    }

    /** Sends packets twice at random. */
    static Impairment duplication(double probability, RandomGenerator random) {
        return packet -> random.nextDouble() < probability ? List.of(packet, packet.clone()) : List.of(packet);
    }

    /** Holds a packet back at random until the next one has passed. */
    static Impairment reordering(double probability, RandomGenerator random) {
        return new Reordering(probability, random);
    }

    /** First this, then the other. */
    default Impairment then(Impairment next) {
        return packet -> pass(packet).stream()
                .flatMap(passed -> next.pass(passed).stream())
                .toList();
    }
}
