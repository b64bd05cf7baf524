package org.xfrmctl.manager.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.manager.testing.RandomDefinitions;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

class ApplierTest {
    private final FakeTables kernel = new FakeTables();

    private void apply(Function<Snapshot, Plan> planning) {
        new Applier(kernel).apply(planning.apply(kernel.snapshot()), planning);
    }

    private static Function<Snapshot, Plan> up(DesiredState desired) {
        return snapshot -> Plans.up(desired, snapshot);
    }

    /** Refuses the first change, then the second, and so on until the plan goes through. */
    private void refuseEverywhere(Function<Snapshot, Plan> planning) {
        Set<Object> before = kernel.content();
        int changes = planning.apply(kernel.snapshot()).changes().size();
        for (int n = 0; n < changes; n++) {
            kernel.refuseAfter(n);
            int done = n;
            assertThatThrownBy(() -> apply(planning)).isInstanceOfSatisfying(ApplyException.class, e -> {
                assertThat(e.refusal())
                        .hasValueSatisfying(
                                refusal -> assertThat(refusal.is(Errno.EINVAL)).isTrue());
                assertThat(e.change())
                        .contains(planning.apply(kernel.snapshot()).changes().get(done));
                assertThat(e.rollback().isComplete()).isTrue();
                assertThat(e.rollback().undone()).hasSize(done);
            });
            assertThat(kernel.content())
                    .as("refused change %d of %d", n, changes)
                    .isEqualTo(before);
        }
        apply(planning);
        assertThat(planning.apply(kernel.snapshot()).isEmpty()).isTrue();
    }

    @Test
    void whereverItIsRefusedNothingIsLeftOfAWayUp() {
        refuseEverywhere(up(compile(child("a").ipcomp().fwdOut())));
    }

    @Test
    void whereverItIsRefusedARekeyIsUndone() {
        apply(up(compile(child("a").ipcomp().reqid(7))));
        LifetimeLimits limits = new LifetimeLimits(Limit.INFINITE, new Limit(1, 2), Limit.NEVER, Limit.NEVER);
        refuseEverywhere(up(compile(child("a")
                .reqid(7)
                .spi(0x2000)
                .key("two")
                .priority(4)
                .traffic("10.1.0.0/16", "10.3.0.0/16")
                .limits(limits))));
    }

    @Test
    void whereverItIsRefusedADownIsUndone() {
        for (OnDown onDown : OnDown.values()) {
            DesiredState desired = compile(child("a").ipcomp().onDown(onDown));
            apply(up(desired));
            refuseEverywhere(snapshot -> Plans.down(desired, Set.of(child("a").name()), snapshot));
        }
    }

    @Test
    void whereverItIsRefusedRandomChangesAreUndone() {
        long seed = System.nanoTime();
        RandomDefinitions definitions = new RandomDefinitions(new Random(seed));
        for (int run = 0; run < 5; run++) {
            FakeTables fresh = new FakeTables();
            DesiredState desired = definitions.next();
            Plan plan = Plans.up(desired, fresh.snapshot());
            for (int n = 0; n < plan.changes().size(); n++) {
                fresh.refuseAfter(n);
                assertThatThrownBy(() -> new Applier(fresh).apply(plan, up(desired)))
                        .as("seed %d", seed)
                        .isInstanceOf(ApplyException.class);
                assertThat(fresh.content()).as("seed %d", seed).isEmpty();
            }
        }
    }

    @Test
    void whatIsRestoredHasTheSequenceNumbersAndCountersItHadWhenItWasRemoved() {
        DesiredState desired = compile(child("a"));
        apply(up(desired));
        Function<Snapshot, Plan> down =
                snapshot -> Plans.down(desired, Set.of(child("a").name()), snapshot);
        Plan plan = down.apply(kernel.snapshot());
        XfrmState outbound = desired.children().get(0).outbound().get(0);
        kernel.deleteState(outbound.id(), outbound.mark());
        LifetimeCurrent used = new LifetimeCurrent(7700, 77, 1, 2);
        kernel.restoreState(outbound.toBuilder()
                .replay(new ReplayState.Basic(0, 77, 0, 0))
                .current(used)
                .build());
        kernel.refuseAfter(plan.changes().size() - 1);
        assertThatThrownBy(() -> new Applier(kernel).apply(plan, down)).isInstanceOf(ApplyException.class);
        assertThat(kernel.listStates())
                .anyMatch(state -> state.replay() instanceof ReplayState.Basic basic
                        && basic.outbound() == 77
                        && state.current().equals(used));
    }

    @Test
    void aStateThatExpiredMeanwhileIsAsGoodAsRemoved() {
        DesiredState desired = compile(child("a"));
        apply(up(desired));
        Function<Snapshot, Plan> down =
                snapshot -> Plans.down(desired, Set.of(child("a").name()), snapshot);
        Plan plan = down.apply(kernel.snapshot());
        XfrmState expired = desired.children().get(0).inbound().get(0);
        kernel.deleteState(expired.id(), expired.mark());
        new Applier(kernel).apply(plan, down);
        assertThat(kernel.listStates()).isEmpty();
    }

    @Test
    void whatTheKernelDoesNotKeepIsFoundAndUndone() {
        DesiredState desired = compile(child("a"));
        Plan plan = Plans.up(desired, Snapshot.EMPTY);
        XfrmState first = desired.children().get(0).inbound().get(0);
        kernel.afterEach(() -> {
            if (kernel.requests().size() == plan.changes().size()) {
                kernel.deleteState(first.id(), first.mark());
            }
        });
        assertThatThrownBy(() -> new Applier(kernel).apply(plan, up(desired)))
                .isInstanceOfSatisfying(ApplyException.class, e -> {
                    assertThat(e.change()).isEmpty();
                    assertThat(e).hasMessageContaining("+ state src 192.0.2.2 dst 192.0.2.1 proto esp");
                });
        assertThat(kernel.content()).isEmpty();
    }

    /** The change is made, but its ack is lost. */
    @Test
    void aChangeWithoutAnAnswerIsUndoneToo() {
        DesiredState desired = compile(child("a").ipcomp());
        int changes = Plans.up(desired, Snapshot.EMPTY).changes().size();
        for (int n = 1; n <= changes; n++) {
            FakeTables fresh = new FakeTables();
            int last = n;
            fresh.afterEach(() -> {
                if (fresh.requests().size() == last) {
                    throw new NetlinkException(Errno.ENOBUFS.number(), "recvmsg on a netlink socket");
                }
            });
            assertThatThrownBy(() -> new Applier(fresh).apply(Plans.up(desired, Snapshot.EMPTY), up(desired)))
                    .hasMessageContaining(" undone");
            assertThat(fresh.content()).as("change %d of %d", n, changes).isEmpty();
        }
    }

    @Test
    void aStateWhoseKeyTheKernelHidesIsNotRestoredWithZeros() {
        DesiredState desired = compile(child("a"));
        DesiredState hidden = new DesiredState(
                desired.children().stream().map(ApplierTest::hidden).toList(), List.of());
        apply(up(hidden));
        Function<Snapshot, Plan> down =
                snapshot -> Plans.down(desired, Set.of(child("a").name()), snapshot);
        Plan plan = down.apply(kernel.snapshot());
        kernel.refuseAfter(plan.changes().size() - 1);
        assertThatThrownBy(() -> new Applier(kernel).apply(plan, down))
                .isInstanceOfSatisfying(
                        ApplyException.class,
                        e -> assertThat(e.rollback().remains())
                                .singleElement()
                                .asString()
                                .contains("the kernel hides the keys"));
    }

    private static DesiredChild hidden(DesiredChild child) {
        return new DesiredChild(
                child.name(),
                child.reqid(),
                child.inbound().stream().map(ApplierTest::hidden).toList(),
                child.accepted(),
                child.outbound().stream().map(ApplierTest::hidden).toList(),
                child.implied(),
                child.policies(),
                child.sizes(),
                child.onDown(),
                child.epoch());
    }

    private static XfrmState hidden(XfrmState state) {
        return state.toBuilder()
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128)))
                .build();
    }

    @Test
    void aRollbackThatIsRefusedSaysWhatRemains() {
        DesiredState desired = compile(child("a"));
        kernel.refuseAfter(5);
        kernel.afterEach(() -> {
            if (kernel.requests().size() == 7) {
                kernel.refuseAfter(0);
            }
        });
        assertThatThrownBy(() -> apply(up(desired))).isInstanceOfSatisfying(ApplyException.class, e -> {
            assertThat(e.rollback().isComplete()).isFalse();
            assertThat(e.rollback().remains()).hasSize(1);
            assertThat(e).hasMessageContaining("4 changes were undone, but not + state src 192.0.2.2");
        });
    }
}
