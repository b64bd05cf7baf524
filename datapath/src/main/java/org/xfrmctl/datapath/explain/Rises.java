package org.xfrmctl.datapath.explain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** What would be counted: in xfrm_stat, and by which states. */
public record Rises(Map<XfrmCounter, Long> counters, List<OfState> states) {
    public static final Rises NONE = new Rises(Map.of(), List.of());

    public Rises {
        counters = Map.copyOf(counters);
        states = List.copyOf(states);
    }

    /** What a state counts; {@code errors} are those of its own statistics. */
    public record OfState(XfrmState state, long bytes, long packets, long errors) {}

    /** What has been counted before something happens. */
    static final class Before {
        private final XfrmNamespace namespace;
        private final Map<XfrmCounter, Long> counters = new EnumMap<>(XfrmCounter.class);
        private final Map<SecurityAssociation, LifetimeCurrent> states = new HashMap<>();
        private final Map<SecurityAssociation, Long> errors = new HashMap<>();

        Before(XfrmNamespace namespace, List<SecurityAssociation> watched) {
            this.namespace = namespace;
            counters.putAll(namespace.statistics().snapshot());
            watched.forEach(association -> {
                states.put(association, association.current());
                errors.put(association, errors(association));
            });
        }

        /** What has been counted since. */
        Rises rises() {
            Map<XfrmCounter, Long> more = new EnumMap<>(XfrmCounter.class);
            namespace.statistics().snapshot().forEach((counter, value) -> {
                long before = counters.getOrDefault(counter, 0L);
                if (value > before) {
                    more.put(counter, value - before);
                }
            });
            List<OfState> counted = new ArrayList<>();
            states.forEach((association, before) -> {
                LifetimeCurrent now = association.current();
                OfState rise = new OfState(
                        association.definition(),
                        now.bytes() - before.bytes(),
                        now.packets() - before.packets(),
                        errors(association) - errors.getOrDefault(association, 0L));
                if (rise.packets() != 0 || rise.errors() != 0) {
                    counted.add(rise);
                }
            });
            return new Rises(more, counted);
        }

        private static long errors(SecurityAssociation association) {
            StateStatistics statistics = association.statistics();
            return Integer.toUnsignedLong(statistics.replayWindow())
                    + Integer.toUnsignedLong(statistics.replay())
                    + Integer.toUnsignedLong(statistics.integrityFailed());
        }
    }
}
