package org.xfrmctl.manager.status;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;

/**
 * The counters of one child with what each of them means: six rows with IPComp in tunnel mode (IPComp, IPIP and ESP, out and
 * in), four with IPComp in transport mode, two with ESP alone; more while keys are changed.
 *
 * @param gains what compression has made of the bytes, out and in, as far as the counters tell
 */
public record CounterTable(String name, List<Row> rows, List<Gain> gains) {
    public CounterTable {
        rows = List.copyOf(rows);
        gains = List.copyOf(gains);
    }

    /**
     * One state's counters.
     *
     * @param label for example {@code ESP out}
     * @param state the state that counts, if it exists
     */
    public record Row(String label, Direction direction, IpProtocol protocol, Optional<XfrmState> state, String note) {
        /** Empty if there is no state, which is not the same as zero. */
        public Optional<LifetimeCurrent> counters() {
            return state.map(XfrmState::current);
        }

        /** What the state refused; that of the way out is always zero. */
        public StateStatistics refused() {
            return state.map(XfrmState::statistics).orElse(StateStatistics.NONE);
        }
    }

    public static CounterTable of(ChildSa child) {
        CounterNotes notes = new CounterNotes(child);
        return new CounterTable(
                child.name(),
                child.members().stream().map(member -> row(member, notes)).toList(),
                Gain.of(child));
    }

    private static Row row(ChildSa.Member member, CounterNotes notes) {
        Direction direction = member.direction();
        return new Row(
                name(member) + " " + direction,
                direction,
                member.protocol(),
                member.state(),
                notes.of(direction, member.protocol()));
    }

    private static String name(ChildSa.Member member) {
        if (member.isImplied()) {
            return "IPIP";
        }
        return member.protocol().equals(IpProtocol.COMP)
                ? "IPComp"
                : member.protocol().toString().toUpperCase(Locale.ROOT);
    }
}
