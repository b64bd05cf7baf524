package org.xfrmctl.manager.status;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;

/**
 * What compression has made of the same packets, by the counters of the states before and behind it. There is none where these
 * have not counted the same packets: after new keys, or where others share the IPIP state. In transport mode nothing counts
 * what came in as it was.
 *
 * @param packets that both have counted
 * @param plain bytes that were to be compressed, or came out
 * @param packed what was encrypted in their place, with IPComp's header where there is one
 */
public record Gain(Direction direction, long packets, long plain, long packed) {
    static List<Gain> of(ChildSa child) {
        return Stream.of(Direction.OUT, Direction.IN)
                .flatMap(direction -> of(child, direction).stream())
                .toList();
    }

    private static Optional<Gain> of(ChildSa child, Direction direction) {
        List<LifetimeCurrent> around = counters(child, direction, IpProtocol.ESP);
        List<LifetimeCurrent> compressed = counters(child, direction, IpProtocol.COMP);
        if (around.size() != 1 || compressed.size() != 1 || (direction == Direction.IN && !child.isTunnel())) {
            return Optional.empty();
        }
        LifetimeCurrent packed = around.get(0);
        long packets = compressed.get(0).packets();
        long plain = compressed.get(0).bytes();
        if (direction == Direction.IN) {
            // What came as it was has passed the companion alone.
            for (ChildSa.Member member : child.members(Direction.IN)) {
                LifetimeCurrent asItWas = member.isImplied()
                        ? member.state().map(state -> state.current()).orElse(LifetimeCurrent.NONE)
                        : LifetimeCurrent.NONE;
                packets += asItWas.packets();
                plain += asItWas.bytes();
            }
        }
        return packets != 0 && packets == packed.packets()
                ? Optional.of(new Gain(direction, packets, plain, packed.bytes()))
                : Optional.empty();
    }

    private static List<LifetimeCurrent> counters(ChildSa child, Direction direction, IpProtocol protocol) {
        return child.members(direction).stream()
                .filter(member -> member.protocol().equals(protocol))
                .flatMap(member -> member.state().stream())
                .map(state -> state.current())
                .toList();
    }

    /** In percent of the plain bytes, rounded. */
    public long percent() {
        return Math.round(100.0 * packed / plain);
    }
}
