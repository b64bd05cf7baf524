package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.model.LifetimeCurrent;

class SilenceTest {
    private static final ChildBuilder DERIVED = child("d").derived("s");
    private static final ChildBuilder WRITTEN =
            child("w").traffic("10.3.0.0/16", "10.4.0.0/16").spi(0x1100).key("w");

    private final FakeTables kernel = new FakeTables();
    private final DesiredState desired = Wanted.of(
                    ChildBuilder.definition(DERIVED, WRITTEN), ChildBuilder.keys(DERIVED, WRITTEN))
            .outline();

    private void up() {
        new Lifecycle(desired, kernel, Journal.inMemory(), Clock.systemUTC()).run(Goal.UP, desired.names());
    }

    private DesiredChild derived() {
        return desired.children(Set.of(DERIVED.name())).get(0);
    }

    @Test
    void whoSendsNothingExpectsNoAnswer() {
        up();

        assertThat(Silence.of(desired, kernel.snapshot())).isEmpty();
    }

    @Test
    void whoSendsByDerivedKeysAndHearsNothingIsTold() {
        up();
        desired.children()
                .forEach(child -> child.outbound()
                        .forEach(state -> kernel.count(state.id(), new LifetimeCurrent(100, 1, 1000, 0))));

        assertThat(Silence.of(desired, kernel.snapshot()))
                .containsExactly(new Silence(DERIVED.name(), 1, Instant.ofEpochSecond(1000)));
    }

    @Test
    void whoIsAnsweredIsNot() {
        up();
        derived().states().forEach(state -> kernel.count(state.id(), new LifetimeCurrent(100, 1, 1000, 0)));

        assertThat(Silence.of(desired, kernel.snapshot())).isEmpty();
    }
}
