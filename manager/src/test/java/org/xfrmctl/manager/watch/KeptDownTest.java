package org.xfrmctl.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** What was taken down stays as it is, blocks too, until somebody says otherwise. */
class KeptDownTest extends KeptTables {
    @Test
    void whatWasTakenDownStaysDown() {
        run(Goal.UP, A);
        run(Goal.DOWN, A);
        Set<Object> down = content();
        kernel.deletePolicy(kernel.listPolicies().get(0).key());

        assertThat(look(A).done()).first().isEqualTo("repaired net/a (down)");
        assertThat(content()).isEqualTo(down);
    }

    @Test
    void aDefinitionThatHasChangedOpensNothing() {
        run(Goal.UP, A);
        run(Goal.DOWN, A);
        Set<Object> blocked = content();
        ChildBuilder passing = child("a").ipcomp().onDown(OnDown.PASS);

        assertThat(look(passing).notes()).singleElement().asString().contains("net/a: is blocked");
        assertThat(content()).isEqualTo(blocked);
        run(Goal.DOWN, passing);
        assertThat(content()).isEmpty();
        assertThat(look(passing)).isEqualTo(new Keeper.Look(List.of(), List.of()));
    }

    @Test
    void anotherSelectorBlocksMoreAndOpensNothing() {
        run(Goal.UP, A);
        run(Goal.DOWN, A);
        Set<Object> blocked = content();
        ChildBuilder moved = child("a").ipcomp().traffic("10.1.0.0/16", "10.9.0.0/16");

        Keeper.Look look = look(moved);
        assertThat(look.done()).first().isEqualTo("repaired net/a (lockdown)");
        assertThat(look.notes()).singleElement().asString().contains("net/a: is blocked");
        assertThat(content()).containsAll(blocked).hasSize(2 * blocked.size());
        assertThat(look(moved).done()).isEmpty();
        run(Goal.DOWN, moved);
        assertThat(content()).doesNotContainAnyElementsOf(blocked).hasSize(blocked.size());
        assertThat(look(moved)).isEqualTo(new Keeper.Look(List.of(), List.of()));
    }

    @Test
    void whatIsInTheWayOfADownChildHarmsNobodyElse() {
        ChildBuilder passing = child("a").ipcomp().onDown(OnDown.PASS);
        run(Goal.UP, passing, B);
        DesiredState desired = wanted(passing, B).outline();
        new Lifecycle(desired, kernel, journal, Clock.systemUTC()).run(Goal.DOWN, Set.of(passing.name()));
        Set<Object> before = content();
        kernel.deletePolicy(kernel.listPolicies().get(0).key());
        kernel.addPolicy(desired.children(Set.of(passing.name())).get(0).policies().get(0).toBuilder()
                .templates(List.of())
                .build());

        Keeper.Look look = look(passing, B);
        assertThat(look.troubles()).singleElement().asString().contains("net/a");
        assertThat(content()).containsAll(before);
    }
}
