package org.xfrmctl.manager.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.compile.ImpliedState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * The counters of one child with what each of them means: six rows with IPComp in tunnel mode (ESP, IPComp and IPIP, out and
 * in), four with IPComp in transport mode, two with ESP alone.
 */
public record CounterTable(ChildName name, List<Row> rows) {
    public CounterTable {
        rows = List.copyOf(rows);
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
    }

    /** The table of one of {@code desired}'s children; the others are needed to tell who shares its IPIP states. */
    public static CounterTable of(DesiredChild child, DesiredState desired, Snapshot snapshot) {
        SnapshotIndex present = new SnapshotIndex(snapshot);
        CounterNotes notes = new CounterNotes(child, desired);
        List<Row> rows = new ArrayList<>();
        for (Direction direction : List.of(Direction.OUT, Direction.IN)) {
            List<XfrmState> states = direction == Direction.OUT ? child.outbound() : child.inbound();
            // Compiled innermost first; the reader of a capture meets ESP first.
            for (int i = states.size() - 1; i >= 0; i--) {
                XfrmState state = states.get(i);
                rows.add(row(direction, state.id().protocol(), present.find(state), notes));
            }
            for (ImpliedState implied : child.implied()) {
                if (implied.direction() == direction) {
                    rows.add(row(direction, implied.protocol(), find(implied, snapshot), notes));
                }
            }
        }
        return new CounterTable(child.name(), rows);
    }

    private static Optional<XfrmState> find(ImpliedState implied, Snapshot snapshot) {
        return snapshot.states().stream().filter(implied::describes).findFirst();
    }

    private static Row row(Direction direction, IpProtocol protocol, Optional<XfrmState> state, CounterNotes notes) {
        String name = protocol.equals(IpProtocol.ESP) ? "ESP" : protocol.equals(IpProtocol.COMP) ? "IPComp" : "IPIP";
        return new Row(name + " " + direction, direction, protocol, state, notes.of(direction, protocol));
    }
}
