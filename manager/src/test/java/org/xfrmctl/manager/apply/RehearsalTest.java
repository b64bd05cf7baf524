package org.xfrmctl.manager.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Planner;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.model.IpProtocol;

/** What the kernel is asked before anything is changed. */
class RehearsalTest {
    private static final int MANY = 20;

    private final FakeTables kernel = new FakeTables();

    private static Plan planOf(ChildBuilder... children) {
        DesiredState desired = ChildBuilder.compile(children);
        return Planner.plan(Goal.UP, desired, desired.names(), Snapshot.EMPTY, Ledger.EMPTY);
    }

    private static ChildBuilder[] alike() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> child("c" + i)
                        .between("192.0.2.1", "198.51.100." + (i + 1))
                        .traffic("10.1.0.0/16", "10.2." + i + ".0/24")
                        .spi(0x1000 + 2 * i)
                        .key("key" + i)
                        .ipcomp())
                .toArray(ChildBuilder[]::new);
    }

    @Test
    void oneOfManyThatAreAlikeIsAskedAbout() {
        Rehearsal.check(planOf(alike()), kernel);
        assertThat(kernel.rehearsed())
                .as("ESP and IPComp; an outbound ESP state has no replay window")
                .hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void whatDiffersIsAskedAbout() {
        Rehearsal.check(
                planOf(
                        child("a").spi(0x1000),
                        child("b")
                                .traffic("10.3.0.0/16", "10.4.0.0/16")
                                .spi(0x1100)
                                .esp(ChildBuilder.CBC)
                                .key("b")),
                kernel);
        assertThat(kernel.rehearsed()).hasSize(4);
    }

    @Test
    void allOfAKindThatIsRefusedAreTold() {
        kernel.lack(IpProtocol.COMP);
        assertThatThrownBy(() -> Rehearsal.check(planOf(alike()), kernel))
                .isInstanceOfSatisfying(
                        RehearsalException.class, e -> assertThat(e.refusals()).hasSize(2 * MANY));
        assertThat(kernel.requests()).isEmpty();
    }
}
