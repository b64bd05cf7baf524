package org.xfrmctl.manager.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** What a run takes for its own, and what it writes down when something goes wrong. */
class LifecycleTest {
    private static final DesiredState NOTHING = new DesiredState(List.of(), List.of());
    private static final ChildName A = child("a").name();
    private static final ChildName B = child("b").name();

    private final FakeTables kernel = new FakeTables();
    private final Breaking journal = new Breaking();

    /** A journal whose write after some others fails. */
    private static final class Breaking implements Journal {
        private final Journal journal = Journal.inMemory();
        private int left = Integer.MAX_VALUE;

        @Override
        public JournalRecord read() {
            return journal.read();
        }

        @Override
        public void write(JournalRecord record) {
            if (left-- == 0) {
                throw new JournalException("the disk is full", new IllegalStateException());
            }
            journal.write(record);
        }

        @Override
        public void close() {}
    }

    private static DesiredState both() {
        return compile(child("a"), child("b").spi(0x2000).traffic("10.3.0.0/16", "10.4.0.0/16"));
    }

    private Plan run(DesiredState desired, Goal goal, Set<ChildName> names) {
        return new Lifecycle(desired, kernel, journal, Clock.systemUTC()).run(goal, names);
    }

    private XfrmState addForeign(DesiredState desired) {
        XfrmState wanted = desired.states().findFirst().orElseThrow();
        kernel.addState(wanted.toBuilder().reqid(new Reqid(7)).build());
        return kernel.listStates().get(0);
    }

    @Test
    void aStateOfTheSameNameStaysSomebodyElses() {
        DesiredState desired = compile(child("a"));
        XfrmState foreign = addForeign(desired);
        for (Goal goal : List.of(Goal.LOCKDOWN, Goal.DOWN)) {
            run(desired, goal, desired.names());
            assertThat(journal.read().ledger().owners().keySet()).noneMatch(name -> name.startsWith("state "));
        }
        run(NOTHING, Goal.APPLY, Set.of());
        assertThat(kernel.listStates()).containsExactly(foreign);
        assertThat(kernel.listPolicies()).isEmpty();
    }

    @Test
    void whatAReqidProvesIsOursWithoutTheJournal() {
        DesiredState desired = compile(child("a"));
        run(desired, Goal.UP, desired.names());
        journal.write(JournalRecord.EMPTY);
        run(desired, Goal.LOCKDOWN, desired.names());
        run(NOTHING, Goal.APPLY, Set.of());
        assertThat(kernel.content()).isEmpty();
    }

    @Test
    void severalThatAreNotDefinedGoDownTogether() {
        run(both(), Goal.UP, both().names());
        // Of b there is nothing any more but its name.
        both().children(Set.of(B)).get(0).policies().forEach(policy -> kernel.deletePolicy(policy.key()));
        both().children(Set.of(B)).get(0).states().forEach(state -> kernel.deleteState(state.id(), state.mark()));
        run(NOTHING, Goal.DOWN, Set.of(A, B));
        assertThat(kernel.content()).isEmpty();
        assertThat(journal.read()).isEqualTo(JournalRecord.EMPTY);
    }

    @Test
    void whatWasTakenDownAndIsBlockedStaysDownAfterALockdown() {
        DesiredState desired = compile(child("a").onDown(OnDown.BLOCK));
        run(desired, Goal.DOWN, desired.names());
        run(desired, Goal.LOCKDOWN, desired.names());
        assertThat(journal.read().goals()).containsOnly(entry(A, Goal.DOWN));

        desired = compile(child("a").onDown(OnDown.PASS));
        run(desired, Goal.DOWN, desired.names());
        run(desired, Goal.LOCKDOWN, desired.names());
        assertThat(journal.read().goals()).containsOnly(entry(A, Goal.LOCKDOWN));
    }

    @Test
    void lockdownBlocksWhatPassesUnderAKeyOfOurs() {
        DesiredState desired = compile(child("a"));
        run(desired, Goal.LOCKDOWN, desired.names());
        XfrmPolicy block = kernel.listPolicies().get(0);
        kernel.updatePolicy(block.toBuilder().action(PolicyAction.ALLOW).build());
        run(desired, Goal.LOCKDOWN, desired.names());
        assertThat(kernel.listPolicies()).allMatch(policy -> policy.action() == PolicyAction.BLOCK);
    }

    @Test
    void aPolicyThatComesBeforeABlockIsTold() {
        DesiredState desired = compile(child("a").priority(100));
        XfrmPolicy wanted = desired.policies().findFirst().orElseThrow();
        XfrmPolicy foreign = compile(child("x").priority(99).traffic("10.1.5.0/24", "10.2.5.0/24"))
                .policies()
                .filter(policy -> policy.direction() == wanted.direction())
                .findFirst()
                .orElseThrow()
                .toBuilder()
                .templates(List.of())
                .build();
        kernel.addPolicy(foreign);
        for (Goal goal : List.of(Goal.LOCKDOWN, Goal.DOWN)) {
            assertThat(run(desired, goal, desired.names()).warnings())
                    .singleElement()
                    .asString()
                    .contains("is not ours and comes before");
        }
        kernel.updatePolicy(foreign.toBuilder().priority(100).build());
        for (Goal goal : List.of(Goal.LOCKDOWN, Goal.DOWN)) {
            assertThatThrownBy(() -> run(desired, goal, desired.names()))
                    .isInstanceOf(PlanConflictException.class)
                    .hasMessageContaining("at the same priority");
        }
        kernel.updatePolicy(
                foreign.toBuilder().priority(100).action(PolicyAction.BLOCK).build());
        assertThat(run(desired, Goal.LOCKDOWN, desired.names()).warnings()).isEmpty();
    }

    @Test
    void theFirstFailureIsTheOneThatIsTold() {
        DesiredState desired = compile(child("a"));
        kernel.refuseAfter(1);
        journal.left = 1;
        assertThatThrownBy(() -> run(desired, Goal.UP, desired.names()))
                .isInstanceOf(ApplyException.class)
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(JournalException.class));
        assertThat(kernel.content()).isEmpty();
        assertThat(journal.read().unfinished()).containsOnlyKeys(A);
    }

    @Test
    void aRunThatCouldNotBeUndoneHasNoEnd() {
        DesiredState desired = compile(child("a"));
        // The fourth change is refused, and then the first of those that undo the others.
        kernel.refuseAfter(3);
        kernel.afterEach(() -> {
            if (kernel.requests().size() == 3) {
                kernel.afterEach(() -> {
                    throw new IllegalStateException("gone");
                });
            }
        });
        assertThatThrownBy(() -> run(desired, Goal.UP, desired.names()))
                .isInstanceOfSatisfying(
                        ApplyException.class,
                        failure -> assertThat(failure.rollback().isComplete()).isFalse());
        assertThat(journal.read().unfinished()).containsOnlyKeys(A);
        kernel.afterEach(() -> {});
        run(desired, Goal.UP, desired.names());
        assertThat(journal.read().unfinished()).isEmpty();
    }

    @Test
    void aJournalThatCannotBeWrittenSaysWhatWasDone() {
        DesiredState desired = compile(child("a"));
        journal.left = 0;
        assertThatThrownBy(() -> run(desired, Goal.UP, desired.names()))
                .isInstanceOf(JournalException.class)
                .hasMessage("nothing was changed: the disk is full");
        assertThat(kernel.content()).isEmpty();

        journal.left = 1;
        List<Plan> done = new ArrayList<>();
        assertThatThrownBy(() -> new Lifecycle(desired, kernel, journal, Clock.systemUTC())
                        .run(Goal.UP, desired.names(), done::add))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("all changes were made, but the disk is full");
        assertThat(done).singleElement().matches(plan -> !plan.isEmpty());
        assertThat(kernel.content()).isNotEmpty();
    }

    @Test
    void aRunOfAChildThatIsNotDefinedCanBeEnded() {
        UnfinishedRun begun = new UnfinishedRun(Goal.UP, 4711, Instant.EPOCH);
        for (Goal goal : List.of(Goal.APPLY, Goal.DOWN)) {
            journal.write(new JournalRecord(Ledger.EMPTY, Map.of(B, begun), Map.of()));
            assertThat(journal.read().children()).containsExactly(B);
            run(compile(child("a")), goal, Set.of(B));
            assertThat(journal.read().unfinished()).isEmpty();
        }
    }
}
