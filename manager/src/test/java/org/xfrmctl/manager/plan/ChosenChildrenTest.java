package org.xfrmctl.manager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.ChildName;

/** A plan for some of the children: the others are neither foreign nor obsolete, whatever the kernel holds of them. */
class ChosenChildrenTest {
    private static final Set<ChildName> A = Set.of(child("a").name());
    private static final Set<ChildName> B = Set.of(child("b").name());

    private final FakeTables kernel = new FakeTables();

    private static ChildBuilder a() {
        return child("a").priority(100);
    }

    /** Inside of a, and before it. */
    private static ChildBuilder b() {
        return child("b").spi(0x2000).priority(50).traffic("10.1.5.0/24", "10.2.5.0/24");
    }

    private void make(Plan plan) {
        plan.changes().forEach(kernel::make);
    }

    @Test
    void oneByOneTheyBecomeWhatTheyAreTogether() {
        DesiredState desired = compile(a(), b());
        make(Plans.up(desired, B, kernel.snapshot()));
        Plan plan = Plans.up(desired, A, kernel.snapshot());
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.text()).doesNotContain("10.1.5.0").doesNotContain("0x0000200");
        make(plan);
        assertThat(Plans.up(desired, kernel.snapshot()).isEmpty()).isTrue();
    }

    @Test
    void theBlocksOfAnotherThatIsDownAreNotForeign() {
        DesiredState desired = compile(a(), b());
        make(Plans.up(desired, kernel.snapshot()));
        make(Plans.down(desired, B, kernel.snapshot()));
        make(Plans.down(desired, A, kernel.snapshot()));
        List<XfrmPolicy> before = kernel.listPolicies();
        Plan plan = Plans.up(desired, A, kernel.snapshot());
        assertThat(plan.warnings()).isEmpty();
        make(plan);
        assertThat(kernel.listPolicies()).hasSameSizeAs(before);
        assertThat(Plans.up(desired, A, kernel.snapshot()).isEmpty()).isTrue();
        assertThat(Plans.up(desired, B, kernel.snapshot()).isEmpty()).isFalse();
    }

    /** The network moved from a to b; to take its policy away before b is up would let packets pass in clear. */
    @Test
    void aPolicyThatAnotherWillTakeOverIsKept() {
        make(Plans.up(compile(a().traffic("10.1.5.0/24", "10.2.5.0/24")), kernel.snapshot()));
        DesiredState desired = compile(a(), b());
        Plan plan = Plans.up(desired, A, kernel.snapshot());
        assertThat(plan.changes()).noneMatch(Change.RemovePolicy.class::isInstance);
        make(plan);
        make(Plans.up(desired, B, kernel.snapshot()));
        assertThat(Plans.up(desired, kernel.snapshot()).isEmpty()).isTrue();
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Plans.up(compile(a()), B, Snapshot.EMPTY)).hasMessageContaining("net/b");
    }
}
