package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xfrmctl.datapath.explain.Rises;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** What a kernel has counted so far, its states by their keys. */
record Counted(Map<XfrmCounter, Long> counters, Map<String, LifetimeCurrent> states) {
    static Counted of(Map<XfrmCounter, Long> counters, List<XfrmState> states) {
        Map<String, LifetimeCurrent> used = new HashMap<>();
        states.forEach(state -> used.put(key(state), state.current()));
        return new Counted(Map.copyOf(counters), used);
    }

    /** The same states, with the counters of another time. */
    Counted withCounters(Counted other) {
        return new Counted(other.counters, states);
    }

    /** What was to be counted; of a state that has come to its end, and is gone, nothing can be seen. */
    Map<String, Long> expected(Rises rises) {
        Map<String, Long> expected = new TreeMap<>();
        rises.counters().forEach((counter, more) -> expected.put(counter.toString(), more));
        rises.states().stream()
                .filter(rise -> rise.packets() > 0 && states.containsKey(key(rise.state())))
                .forEach(rise -> expected.put(key(rise.state()) + " bytes", rise.bytes()));
        return expected;
    }

    /** What has been counted since another time. */
    Map<String, Long> since(Counted before) {
        Map<String, Long> more = new TreeMap<>();
        counters.forEach((counter, value) -> {
            long rise = value - before.counters.getOrDefault(counter, 0L);
            if (rise != 0) {
                more.put(counter.toString(), rise);
            }
        });
        before.states.forEach((state, used) -> {
            LifetimeCurrent now = states.getOrDefault(state, used);
            if (now.packets() != used.packets()) {
                more.put(state + " bytes", now.bytes() - used.bytes());
            }
        });
        return more;
    }

    /** Of a packet that comes in and goes on. */
    static Rises sum(Rises one, Rises other) {
        Map<XfrmCounter, Long> counters = new EnumMap<>(XfrmCounter.class);
        one.counters().forEach((counter, more) -> counters.merge(counter, more, Long::sum));
        other.counters().forEach((counter, more) -> counters.merge(counter, more, Long::sum));
        List<Rises.OfState> states = new ArrayList<>(one.states());
        states.addAll(other.states());
        return new Rises(counters, states);
    }

    private static String key(XfrmState state) {
        return state.key().toString();
    }
}
