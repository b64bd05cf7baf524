package org.xfrmctl.cli.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;

/**
 * What the states of a flow have counted since the first look, whichever they were. Their sum would fall when old keys go, and
 * whoever sees a counter fall takes it for begun again at 0: the counts of all states that are left would count a second time.
 * Of a state that has gone, what came between the last look and its end is lost. Not safe for several threads.
 */
final class RunningTotals {
    /** A state that was added anew under the SPI of another one counts from 0. */
    private record Identity(StateKey key, long addTime) {
        static Identity of(XfrmState state) {
            return new Identity(state.key(), state.current().addTime());
        }
    }

    /**
     * What is counted together.
     *
     * @param connection empty if it is of no definition
     */
    record Flow(String connection, String child, String direction, String protocol) {
        List<String> labels(String... more) {
            return Stream.concat(Stream.of(connection, child, direction, protocol), Arrays.stream(more))
                    .toList();
        }

        /** Whether its states look for replays and at integrity check values. */
        boolean isRefusing() {
            return direction.equals(Direction.IN.toString())
                    && (protocol.equals(IpProtocol.ESP.toString()) || protocol.equals(IpProtocol.AH.toString()));
        }
    }

    private Optional<Map<Identity, Counts>> known = Optional.empty();
    private Map<Flow, Counts> totals = Map.of();

    /** All counters of a state, without a sign. */
    record Counts(long bytes, long packets, long replayWindow, long replay, long integrity) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        static Counts of(XfrmState state) {
            LifetimeCurrent current = state.current();
            StateStatistics refused = state.statistics();
            return new Counts(
                    current.bytes(),
                    current.packets(),
                    Integer.toUnsignedLong(refused.replayWindow()),
                    Integer.toUnsignedLong(refused.replay()),
                    Integer.toUnsignedLong(refused.integrityFailed()));
        }

        /** By reason. */
        Map<String, Long> refused() {
            Map<String, Long> refused = new LinkedHashMap<>();
            refused.put("replay_window", replayWindow);
            refused.put("replay", replay);
            refused.put("integrity", integrity);
            return refused;
        }

        Counts plus(Counts more) {
            return new Counts(
                    bytes + more.bytes,
                    packets + more.packets,
                    replayWindow + more.replayWindow,
                    replay + more.replay,
                    integrity + more.integrity);
        }

        Counts since(Counts before) {
            return new Counts(
                    rise(before.bytes, bytes),
                    rise(before.packets, packets),
                    rise(before.replayWindow, replayWindow),
                    rise(before.replay, replay),
                    rise(before.integrity, integrity));
        }

        private static long rise(long before, long now) {
            return Long.compareUnsigned(now, before) >= 0 ? now - before : now;
        }
    }

    /**
     * Takes a look into account. A flow that is not in it is forgotten.
     *
     * @param flows with the states that they have now, which may be none
     * @return the totals of these flows, in their order
     */
    Map<Flow, Counts> look(Map<Flow, List<XfrmState>> flows) {
        Map<Identity, Counts> seen = new HashMap<>();
        Map<Flow, Counts> sums = new LinkedHashMap<>();
        flows.forEach((flow, states) -> {
            Counts total = totals.getOrDefault(flow, Counts.NONE);
            for (XfrmState state : states) {
                Counts now = Counts.of(state);
                seen.put(Identity.of(state), now);
                total = total.plus(now.since(before(Identity.of(state), now)));
            }
            sums.put(flow, total);
        });
        known = Optional.of(seen);
        totals = sums;
        return sums;
    }

    /** Of what was there at the first look, nothing is told: after a restart the counts before it would come again. */
    private Counts before(Identity state, Counts now) {
        return known.isEmpty() ? now : known.get().getOrDefault(state, Counts.NONE);
    }
}
