package org.xfrmctl.manager.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.XfrmState;

/** When old states may go, by counters alone. */
class DrainTest {
    private static final DesiredState OLD = compile(child("a"));
    private static final DesiredState NEW = compile(child("a").spi(0x2000).key("two"));
    private final Drain drain = new Drain(NEW.children());

    /** Both generations, with so many packets by every old state and by every new one. */
    private static Snapshot snapshot(long old, long young) {
        return new Snapshot(
                Stream.concat(
                                OLD.states().map(state -> with(state, old)),
                                NEW.states().map(state -> with(state, young)))
                        .toList(),
                List.of());
    }

    private static XfrmState with(XfrmState state, long packets) {
        return state.toBuilder().current(new LifetimeCurrent(0, packets, 0, 0)).build();
    }

    @Test
    void thePeerHasToSwitch() {
        assertThat(drain.waitingFor(snapshot(5, 0), snapshot(5, 0)))
                .singleElement()
                .asString()
                .contains("net/a: no packet has come by the new inbound states");
    }

    @Test
    void whatIsUnderWayHasToArrive() {
        assertThat(drain.waitingFor(snapshot(5, 1), snapshot(6, 1)))
                .singleElement()
                .asString()
                .contains("packets still pass by the old state");
        assertThat(drain.waitingFor(Snapshot.EMPTY, snapshot(6, 1))).hasSize(1);
        assertThat(drain.waitingFor(snapshot(6, 1), snapshot(6, 9))).isEmpty();
    }

    @Test
    void withoutOldStatesThereIsNothingToWaitFor() {
        Snapshot alone = new Snapshot(NEW.states().toList(), List.of());
        assertThat(drain.waitingFor(alone, alone)).isEmpty();
    }
}
