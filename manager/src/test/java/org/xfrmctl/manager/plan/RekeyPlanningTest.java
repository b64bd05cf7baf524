package org.xfrmctl.manager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.Applier;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.model.XfrmState;

/** The three phases, the way back, and what is in the way of each. */
class RekeyPlanningTest {
    private static final DesiredState OLD = compile(child("a").ipcomp());
    private static final DesiredState NEW =
            compile(child("a").ipcomp().spi(0x2000).key("two"));
    private final FakeTables kernel = new FakeTables();

    private void run(Goal goal, DesiredState desired) {
        Plan plan = plan(goal, desired);
        new Applier(kernel)
                .apply(plan, snapshot -> Planner.plan(goal, desired, desired.names(), snapshot, Ledger.EMPTY));
    }

    private Plan plan(Goal goal, DesiredState desired) {
        return Planner.plan(goal, desired, desired.names(), Snapshot.read(kernel), Ledger.EMPTY);
    }

    private List<String> spis() {
        return kernel.listStates().stream()
                .filter(state -> !state.isImplied())
                .map(state -> state.id().spi().toString())
                .sorted()
                .toList();
    }

    @Test
    void newComesBesideOldAndOldGoesLast() {
        run(Goal.UP, OLD);
        run(Goal.REKEY_INBOUND, NEW);
        assertThat(spis())
                .containsExactly("0x00001000", "0x00001000", "0x00001001", "0x00001001", "0x00002000", "0x00002000");

        run(Goal.REKEY_OUTBOUND, NEW);
        assertThat(spis()).hasSize(8);

        run(Goal.REKEY_FINISH, NEW);
        FakeTables fresh = new FakeTables();
        new Applier(fresh)
                .apply(
                        Planner.plan(Goal.UP, NEW, NEW.names(), Snapshot.EMPTY, Ledger.EMPTY),
                        snapshot -> Planner.plan(Goal.UP, NEW, NEW.names(), snapshot, Ledger.EMPTY));
        assertThat(kernel.content()).isEqualTo(fresh.content());
    }

    @Test
    void everyPhaseIsIdempotent() {
        run(Goal.UP, OLD);
        for (Goal phase : List.of(Goal.REKEY_INBOUND, Goal.REKEY_OUTBOUND, Goal.REKEY_FINISH)) {
            run(phase, NEW);
            assertThat(plan(phase, NEW).isEmpty()).as(phase.toString()).isTrue();
        }
    }

    @Test
    void undoGoesBackFromEitherPhase() {
        for (List<Goal> phases :
                List.of(List.of(Goal.REKEY_INBOUND), List.of(Goal.REKEY_INBOUND, Goal.REKEY_OUTBOUND))) {
            run(Goal.UP, OLD);
            var content = kernel.content();
            phases.forEach(phase -> run(phase, NEW));
            run(Goal.REKEY_UNDO, NEW);

            assertThat(kernel.content()).isEqualTo(content);
        }
    }

    @Test
    void undoLeavesWhatBothGenerationsUse() {
        DesiredState sameCpi = compile(child("a").ipcomp().spi(0x51000).key("two"));
        assertThat(sameCpi.states().map(XfrmState::id))
                .containsAnyElementsOf(OLD.states().map(XfrmState::id).toList());
        run(Goal.UP, OLD);
        var content = kernel.content();
        run(Goal.REKEY_INBOUND, sameCpi);
        run(Goal.REKEY_OUTBOUND, sameCpi);
        run(Goal.REKEY_UNDO, sameCpi);

        assertThat(kernel.content()).isEqualTo(content);
    }

    @Test
    void aPhaseWantsTheOneBeforeIt() {
        assertThatThrownBy(() -> plan(Goal.REKEY_INBOUND, NEW))
                .hasMessageContaining("net/a: its policy")
                .hasMessageContaining("run \"up\" first");
        run(Goal.UP, OLD);
        assertThatThrownBy(() -> plan(Goal.REKEY_OUTBOUND, NEW))
                .hasMessageContaining("its new inbound state")
                .hasMessageContaining("run \"rekey --phase inbound\" at both ends first");
        run(Goal.REKEY_INBOUND, NEW);
        assertThatThrownBy(() -> plan(Goal.REKEY_FINISH, NEW)).hasMessageContaining("its new outbound state");
        run(Goal.REKEY_OUTBOUND, NEW);
        run(Goal.REKEY_FINISH, NEW);
        assertThatThrownBy(() -> plan(Goal.REKEY_UNDO, NEW)).hasMessageContaining("nothing to go back to");
    }

    @Test
    void policiesThatChangedNeedUp() {
        run(Goal.UP, OLD);
        DesiredState wider = compile(child("a").ipcomp().spi(0x2000).key("two").priority(7));
        assertThatThrownBy(() -> plan(Goal.REKEY_INBOUND, wider)).hasMessageContaining("a rekey changes states alone");
    }
}
