package org.xfrmctl.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmState;

/** What was tried is told as it ended, for those who count. */
class KeptRunsTest extends KeptTables {
    private static KeptRun done(ChildBuilder child, Deed deed) {
        return KeptRun.of(child.name(), deed, true);
    }

    @Test
    void aRepairIsOneOfItsChild() {
        run(Goal.UP, A, B);
        kernel.listPolicies().stream()
                .filter(policy -> policy.selector().source().toString().equals("10.3.0.0/16"))
                .forEach(policy -> kernel.deletePolicy(policy.key()));

        assertThat(look(A, B).runs()).containsExactly(done(B, Deed.REPAIRED));
        assertThat(look(A, B).runs()).isEmpty();
    }

    @Test
    void aRekeyIsNoRepair() {
        ChildBuilder derived = child("d")
                .derived("s")
                .limits(new LifetimeLimits(Limit.INFINITE, new Limit(10, 20), Limit.NEVER, Limit.NEVER));
        journal.write(journal.read().aimed(Goal.UP, Set.of(derived.name()), Set.of()));
        assertThat(look(derived).runs()).containsExactly(done(derived, Deed.REPAIRED));
        kernel.listStates()
                .forEach(state -> kernel.count(
                        state.id(), new LifetimeCurrent(100, 10, state.current().addTime(), 0)));

        assertThat(look(derived).runs()).containsExactly(done(derived, Deed.REKEYED));
    }

    @Test
    void whatIsInTheWayMakesItFail() {
        run(Goal.UP, A);
        XfrmState inbound = kernel.listStates().stream()
                .filter(state -> state.id().destination().toString().equals("192.0.2.1")
                        && state.id().protocol().equals(IpProtocol.ESP))
                .findFirst()
                .orElseThrow();
        kernel.deleteState(inbound.id(), inbound.mark());
        kernel.addState(inbound.toBuilder().reqid(new Reqid(7)).build());

        Keeper.Look look = look(A);

        assertThat(look.troubles()).isNotEmpty();
        assertThat(look.runs()).contains(KeptRun.of(A.name(), Deed.REPAIRED, false));
        assertThat(look(A).runs()).as("it rests").isEmpty();
    }

    @Test
    void theirNamesBeginALog() {
        assertThat(Arrays.stream(Deed.values()).map(Deed::toString))
                .containsExactly(
                        "repaired",
                        "rekeyed",
                        "started",
                        "trapped",
                        "sprung",
                        "finished",
                        "stopped",
                        "repaired the interfaces",
                        "repaired the routes");
    }
}
