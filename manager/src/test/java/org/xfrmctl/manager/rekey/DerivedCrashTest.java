package org.xfrmctl.manager.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.ApplyException;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Fuse;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Derived keys, and runs that end at every point: nothing is sent twice by one key and sequence number. */
class DerivedCrashTest {
    private static final ChildBuilder CHILD = child("a").derived("s").ipcomp();
    private static final Wanted WANTED = Wanted.of(ChildBuilder.definition(CHILD), ChildBuilder.keys(CHILD));
    private static final IpAddress LOCAL = CHILD.build().endpoints().local();

    /** The tables refuse a key that began before. */
    private static final class Host {
        private final FakeTables kernel = new FakeTables();
        private final Journal journal = Journal.inMemory();
        private final EpochStore store = EpochStore.inMemory();

        Host() {
            kernel.allowEachKeyOnce(LOCAL);
        }

        void run(Goal goal, Fuse fuse, Function<EpochChoice, DesiredState> epoch) {
            EpochChoice choice = WANTED.epochs(store, kernel.snapshot());
            DesiredState desired = epoch.apply(choice);
            new Lifecycle(desired, fuse.on(kernel), fuse.on(journal), Clock.systemUTC(), choice::use)
                    .run(goal, desired.names());
        }

        void up(Fuse fuse) {
            run(Goal.UP, fuse, EpochChoice::current);
        }

        void down(Fuse fuse) {
            run(Goal.DOWN, fuse, EpochChoice::current);
        }

        void rekey(Fuse fuse) {
            run(Goal.UP, fuse, choice -> choice.next(WANTED.derived(), true));
        }

        List<XfrmState> outbound() {
            return kernel.listStates().stream()
                    .filter(state -> !state.isImplied() && state.source().equals(LOCAL))
                    .toList();
        }
    }

    private static Fuse none() {
        return Fuse.killing(Integer.MAX_VALUE);
    }

    @Test
    void aRekeyIsEndedAnywhere() {
        boolean ended = true;
        int points = 0;
        for (; ended; points++) {
            String where = "point " + points;
            Host host = new Host();
            host.up(none());
            Set<Object> policies = Set.copyOf(keys(host));
            try {
                host.rekey(Fuse.killing(points));
                ended = false;
            } catch (Fuse.Killed killed) {
                assertThat(host.outbound()).as(where).isNotEmpty();
            }
            assertThat(keys(host)).as(where).containsExactlyInAnyOrderElementsOf(policies);
            assertThat(host.kernel.listPolicies()).as(where).allMatch(DerivedCrashTest::protects);
            host.up(none());
            assertThat(host.outbound())
                    .as("%s: ESP and IPComp of one epoch", where)
                    .hasSize(2);
            host.rekey(none());
            host.down(none());
            host.up(none());
            assertThat(host.outbound()).as(where).hasSize(2);
        }
        assertThat(points).isGreaterThan(10);
    }

    /** Any commands, each perhaps ended or refused something anywhere. */
    @Test
    void noKeyBeginsTwice() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int ends = 0;
        for (int hosts = 0; hosts < 20; hosts++) {
            Host host = new Host();
            for (int i = 0; i < 30; i++) {
                int points = random.nextInt(60);
                Fuse fuse = random.nextBoolean() ? Fuse.killing(points) : Fuse.refusing(points);
                try {
                    switch (random.nextInt(3)) {
                        case 0 -> host.up(fuse);
                        case 1 -> host.down(fuse);
                        default -> host.rekey(fuse);
                    }
                } catch (Fuse.Killed | ApplyException | JournalException | PlanConflictException ended) {
                    // As planned, or there was nothing that could have been rekeyed.
                    ends++;
                }
            }
            host.down(none());
            assertThat(host.outbound()).as("seed %d", seed).isEmpty();
        }
        assertThat(ends).as("seed %d", seed).isPositive();
    }

    /** The tables of this test do notice. */
    @Test
    void aForgottenEpochIsFound() {
        Host host = new Host();
        host.up(none());
        List<XfrmState> used = host.outbound();
        host.down(none());
        assertThatThrownBy(() -> used.forEach(host.kernel::addState))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a second time");
    }

    private static List<Object> keys(Host host) {
        return host.kernel.listPolicies().stream()
                .map(policy -> (Object) policy.key())
                .toList();
    }

    private static boolean protects(XfrmPolicy policy) {
        return !policy.templates().isEmpty();
    }
}
