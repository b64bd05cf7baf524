package org.xfrmctl.manager.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.ApplyException;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Fuse;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Child;

/** A rekey that is killed, or refused something, at every point in turn, and what comes after it. */
class RekeyCrashTest {
    private static final DesiredState OLD = compile(
            child("a").ipcomp(),
            child("b").traffic("10.3.0.0/16", "10.4.0.0/16").spi(0x1100).key("b"));
    private static final DesiredState NEW = compile(
            child("a").ipcomp().spi(0x2000).key("two"),
            child("b").traffic("10.3.0.0/16", "10.4.0.0/16").spi(0x2100).key("b-two"));
    private static final List<Goal> PHASES = List.of(Goal.REKEY_INBOUND, Goal.REKEY_OUTBOUND, Goal.REKEY_FINISH);

    /** A host on which the old states are up and some phases have been run. */
    private static final class Host {
        private final FakeTables kernel = new FakeTables();
        private final Journal journal = Journal.inMemory();

        Host(List<Goal> phases) {
            run(OLD, Goal.UP);
            phases.forEach(phase -> run(NEW, phase));
        }

        void run(DesiredState desired, Goal goal) {
            new Lifecycle(desired, kernel, journal, Clock.systemUTC()).run(goal, desired.names());
        }

        /** False if the run came to its end. */
        boolean isKilled(Goal goal, int points) {
            Fuse fuse = Fuse.killing(points);
            try {
                run(goal, fuse);
                return false;
            } catch (Fuse.Killed killed) {
                return true;
            }
        }

        /** False if the run came to its end. */
        boolean isRefused(Goal goal, int points) {
            Fuse fuse = Fuse.refusing(points);
            try {
                run(goal, fuse);
            } catch (ApplyException | JournalException refused) {
                assertThat(fuse.isBlown()).isTrue();
            }
            return fuse.isBlown();
        }

        private void run(Goal goal, Fuse fuse) {
            new Lifecycle(NEW, fuse.on(kernel), fuse.on(journal), Clock.systemUTC()).run(goal, NEW.names());
        }
    }

    @Test
    void everyPhaseGetsThereOrBack() {
        for (int done = 0; done < PHASES.size(); done++) {
            List<Goal> before = PHASES.subList(0, done);
            everywhere(before, PHASES.get(done));
            if (done > 0) {
                everywhere(before, Goal.REKEY_UNDO);
            }
        }
    }

    private static void everywhere(List<Goal> before, Goal goal) {
        Host unharmed = new Host(before);
        Set<Object> untouched = unharmed.kernel.content();
        unharmed.run(NEW, goal);
        Host finished = new Host(PHASES);
        int points = 0;
        Host host = new Host(before);
        while (host.isKilled(goal, points)) {
            String where = goal + " killed at point " + points;
            nothingIsLost(host.kernel, where);
            host.run(NEW, goal);
            assertThat(host.kernel.content()).as(where).isEqualTo(unharmed.kernel.content());
            assertThat(host.journal.read()).as(where).isEqualTo(unharmed.journal.read());

            Host other = new Host(before);
            assertThat(other.isKilled(goal, points)).isTrue();
            other.run(NEW, Goal.UP);
            assertThat(other.kernel.content()).as("%s, then up", where).isEqualTo(finished.kernel.content());

            Host refusing = new Host(before);
            assertThat(refusing.isRefused(goal, points)).isTrue();
            if (!refusing.kernel.content().equals(unharmed.kernel.content())) {
                assertThat(refusing.kernel.content()).as("%s, refused", where).isEqualTo(untouched);
            }

            host = new Host(before);
            points++;
        }
        assertThat(points).as("a run has points at which to kill it").isPositive();
    }

    /** All policies protect, a state is there to send by, and whatever the peer sends by is accepted. */
    private static void nothingIsLost(FakeTables kernel, String where) {
        Set<Object> policies =
                NEW.policies().map(policy -> (Object) policy.key()).collect(Collectors.toSet());
        assertThat(kernel.listPolicies().stream()
                        .filter(policy -> !policy.templates().isEmpty())
                        .map(policy -> (Object) policy.key())
                        .collect(Collectors.toSet()))
                .as(where)
                .isEqualTo(policies);
        Set<SaId> present = kernel.listStates().stream().map(XfrmState::id).collect(Collectors.toSet());
        for (int i = 0; i < NEW.children().size(); i++) {
            assertThat(present)
                    .as(where)
                    .containsAnyElementsOf(ids(
                            OLD.children().get(i).outbound(),
                            NEW.children().get(i).outbound()))
                    .containsAnyElementsOf(ids(
                            OLD.children().get(i).inbound(),
                            NEW.children().get(i).inbound()));
        }
    }

    private static List<SaId> ids(List<XfrmState> old, List<XfrmState> young) {
        return Stream.of(old, young)
                .flatMap(List::stream)
                .filter(state -> state.id().protocol().equals(IpProtocol.ESP))
                .map(XfrmState::id)
                .toList();
    }

    /** Derived keys, killed between the note of an epoch and the last change: no epoch that was sent by is begun again. */
    @Test
    void anEpochIsNotedBeforeItIsUsed() {
        ChildBuilder builder = child("a").derived("s");
        Child child = builder.build();
        Wanted wanted = Wanted.of(ChildBuilder.definition(builder), ChildBuilder.keys(builder));
        boolean killed = true;
        for (int points = 0; killed; points++) {
            EpochStore store = EpochStore.inMemory();
            FakeTables kernel = new FakeTables();
            Fuse fuse = Fuse.killing(points);
            EpochChoice choice = wanted.epochs(store, Snapshot.EMPTY);
            DesiredState desired = choice.current();
            try {
                new Lifecycle(desired, fuse.on(kernel), fuse.on(Journal.inMemory()), Clock.systemUTC(), choice::use)
                        .run(Goal.UP, desired.names());
                killed = false;
            } catch (Fuse.Killed expected) {
                if (!kernel.content().isEmpty()) {
                    assertThat(store.used(child)).as("point %d", points).isEqualTo(1);
                }
            }
            // What is in memory only is lost; the note is not.
            long next = wanted.now(() -> store, Snapshot.EMPTY, Set.of())
                    .children()
                    .get(0)
                    .epoch()
                    .orElseThrow();
            assertThat(Map.of(0L, 1L, 1L, 3L)).containsEntry(store.used(child), next);
        }
    }
}
