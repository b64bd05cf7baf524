package org.xfrmctl.manager.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmState;

/** Two ends that go from epoch to epoch without talking. */
class EpochChoiceTest {
    /** One end: its kernel, which may lose everything, and what lasts. */
    private static final class End {
        private final ChildBuilder child;
        private final EpochStore store = EpochStore.inMemory();
        private FakeTables kernel = new FakeTables();
        private Journal journal = Journal.inMemory();
        private final Set<SaId> everSent = new HashSet<>();

        End(String local, String remote) {
            child = child("a").derived("s").ipcomp().between(local, remote);
        }

        void run(Function<EpochChoice, DesiredState> epoch) {
            EpochChoice choice = Wanted.of(ChildBuilder.definition(child), ChildBuilder.keys(child))
                    .epochs(store, Snapshot.read(kernel));
            DesiredState desired = epoch.apply(choice);
            new Lifecycle(desired, kernel, journal, Clock.systemUTC(), choice::use).run(Goal.UP, desired.names());
        }

        void up() {
            run(EpochChoice::current);
        }

        void rekey() {
            run(choice -> choice.next(Set.of(child.name()), false));
        }

        void crash() {
            kernel = new FakeTables();
            journal = Journal.inMemory();
        }

        long epoch() {
            return store.used(child.build());
        }

        /** The newest outbound state, as the kernel takes it. */
        XfrmState sender() {
            XfrmState sender = kernel.listStates().stream()
                    .filter(state -> state.id().protocol().equals(IpProtocol.ESP)
                            && state.source()
                                    .toString()
                                    .equals(child.build().endpoints().local().toString()))
                    .findFirst()
                    .orElseThrow();
            everSent.add(sender.id());
            return sender;
        }

        /** Whether a packet from the other end is understood; it is counted if so. */
        boolean receives(XfrmState by) {
            return kernel.listStates().stream()
                    .filter(state -> state.id().equals(by.id()))
                    .findFirst()
                    .map(state -> {
                        kernel.count(
                                state.id(),
                                new LifetimeCurrent(100, state.current().packets() + 1, 0, 0));
                        return true;
                    })
                    .orElse(false);
        }
    }

    private final End here = new End("192.0.2.1", "192.0.2.2");
    private final End there = new End("192.0.2.2", "192.0.2.1");

    private End peerOf(End end) {
        return end == here ? there : here;
    }

    private void bothUp() {
        here.up();
        there.up();
    }

    @Test
    void bothBeginWithTheFirst() {
        bothUp();

        assertThat(here.epoch()).isEqualTo(1);
        assertThat(there.receives(here.sender())).isTrue();
        assertThat(here.receives(there.sender())).isTrue();
    }

    @Test
    void upAgainChangesNothing() {
        bothUp();
        Set<Object> before = here.kernel.content();
        here.up();

        assertThat(here.kernel.content()).isEqualTo(before);
        assertThat(here.epoch()).isEqualTo(1);
    }

    @Test
    void oneEndGoesOnAndTheOtherFollows() {
        bothUp();
        here.rekey();
        assertThat(here.epoch()).isEqualTo(2);
        assertThat(there.receives(here.sender())).isTrue();
        assertThat(here.receives(there.sender())).as("the peer is still behind").isTrue();
        there.rekey();

        assertThat(there.epoch()).as("it follows, and does not lead").isEqualTo(2);
        assertThat(here.receives(there.sender())).isTrue();
    }

    @Test
    void withoutAWordOfThePeerItGoesNoFurther() {
        bothUp();
        here.rekey();

        assertThatThrownBy(here::rekey)
                .isInstanceOf(PlanConflictException.class)
                .hasMessage(
                        "net/a: nothing has come from the peer since it was in epoch 1, so it may not accept epoch 3"
                                + " yet: rekey there first, or take --force");
        assertThat(there.receives(here.sender())).isTrue();
        here.run(choice -> choice.next(Set.of(here.child.name()), true));
        assertThat(here.epoch()).isEqualTo(3);
    }

    @Test
    void whoIsNotUpCannotRekey() {
        assertThatThrownBy(here::rekey).hasMessageContaining("run \"up\" first");
    }

    @Test
    void anEndThatLostItsStatesBeginsWithKeysThatWereNeverUsed() {
        bothUp();
        there.receives(here.sender());
        here.receives(there.sender());
        XfrmState lost = here.sender();
        here.crash();
        here.up();

        assertThat(here.epoch()).isEqualTo(3);
        assertThat(here.sender().id()).isNotEqualTo(lost.id());
        assertThat(there.receives(here.sender())).as("it is understood").isTrue();
        there.rekey();
        assertThat(there.epoch()).isEqualTo(3);
        assertThat(here.receives(there.sender())).isTrue();
    }

    /** Whatever the two do: no sender's key comes back, and what is sent is understood but for the moments after a crash. */
    @Test
    void nothingIsLostAndNothingComesBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        bothUp();
        for (int step = 0; step < 400; step++) {
            String where = "seed " + seed + ", step " + step + ", epochs " + here.epoch() + " and " + there.epoch();
            End one = random.nextBoolean() ? here : there;
            try {
                if (random.nextInt(10) == 0) {
                    Set<SaId> sent = Set.copyOf(one.everSent);
                    one.crash();
                    one.up();
                    assertThat(sent).as(where).doesNotContain(one.sender().id());
                    assertThat(peerOf(one).receives(one.sender())).as(where).isTrue();
                    peerOf(one).rekey();
                } else {
                    one.rekey();
                }
            } catch (PlanConflictException notHeardOf) {
                assertThat(notHeardOf).as(where).hasMessageContaining("rekey there first");
            }
            for (End end : List.of(here, there)) {
                if (random.nextInt(3) > 0) {
                    assertThat(peerOf(end).receives(end.sender())).as(where).isTrue();
                }
            }
            assertThat(here.kernel.listStates().size())
                    .as("%s: its own generation, one behind, three ahead, one outbound, and the kernel's own", where)
                    .isLessThanOrEqualTo(2 * 6 + 2);
        }
    }

    @Test
    void statusKnowsTheEpoch() {
        bothUp();
        DesiredState now = Wanted.of(ChildBuilder.definition(here.child), ChildBuilder.keys(here.child))
                .now(() -> here.store, Snapshot.read(here.kernel), Set.of());

        assertThat(now.children()).extracting(DesiredChild::epoch).hasToString("[OptionalLong[1]]");
    }
}
