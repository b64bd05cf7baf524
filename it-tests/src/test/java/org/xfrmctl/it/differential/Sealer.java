package org.xfrmctl.it.differential;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmState;

/** The other end: protects packets as a peer with the same states would, with numbers that mostly rise. */
final class Sealer {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final Random random;
    private final Map<SaId, Long> numbers = new HashMap<>();

    Sealer(Random random) {
        this.random = random;
    }

    /** Empty if these states cannot do it: a kernel would not take them, or not for this packet. */
    Optional<byte[]> seal(byte[] plain, List<XfrmState> path) {
        // Its own random numbers: how many a cipher draws does not change what comes behind.
        long seed = random.nextLong();
        return seal(plain, path.stream().map(this::numbered).toList(), new Random(seed));
    }

    /** With the same number for every state, and random numbers that are the same each time. */
    static Optional<byte[]> seal(byte[] plain, List<XfrmState> path, long number) {
        return seal(plain, path.stream().map(state -> numbered(state, number)).toList(), new Random(number));
    }

    private static Optional<byte[]> seal(byte[] plain, List<XfrmState> numbered, Random random) {
        try {
            return seal(plain, numbered, new XfrmNamespace(CLOCK, random));
        } catch (UnsupportedAlgorithmException | IllegalArgumentException e) {
            // A key, a length or a flag that is wrong, with which no kernel has the state either.
            return Optional.empty();
        }
    }

    private static Optional<byte[]> seal(byte[] plain, List<XfrmState> path, XfrmNamespace peer) {
        List<Bundle.Step> steps = new ArrayList<>();
        for (XfrmState state : path) {
            Optional<SecurityAssociation> association =
                    peer.states().insert(state).association();
            if (association.isEmpty()) {
                return Optional.empty();
            }
            steps.add(new Bundle.Step(association.get(), Subject.MTU));
        }
        Packet packet = new Packet(PacketBuffer.of(plain));
        packet.identified(true);
        Verdict verdict =
                new OutputProcessor(peer, () -> RandomPackets.ID).transform(packet, new Bundle(Subject.MTU, steps));
        return verdict instanceof Verdict.Forward forward
                ? Optional.of(forward.packet().buffer().toBytes())
                : Optional.empty();
    }

    private XfrmState numbered(XfrmState state) {
        long number = next(numbers.getOrDefault(state.id(), 0L));
        numbers.merge(state.id(), number, Math::max);
        return numbered(state, number);
    }

    private static XfrmState numbered(XfrmState state, long number) {
        ReplayState replay = state.replay() instanceof ReplayState.Extended extended
                ? new ReplayState.Extended(extended.window(), number - 1, 0, extended.bitmap())
                : new ReplayState.Basic(0, (int) (number - 1), 0, 0);
        return state.toBuilder()
                .replay(replay)
                .limits(LifetimeLimits.UNLIMITED)
                .mark(Mark.NONE)
                .build();
    }

    private long next(long last) {
        return switch (random.nextInt(12)) {
            case 0 -> last + 1 + random.nextInt(80);
            case 1, 2 -> Math.max(1, last - random.nextInt(40));
            case 3 -> random.nextInt(8) == 0 ? 0xfffffff0L : last + 1;
            default -> last + 1;
        };
    }
}
