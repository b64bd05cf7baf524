package org.xfrmctl.manager.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.manager.testing.RandomDefinitions;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

class PlannerPropertyTest {
    private static final int RUNS = 12;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final RandomDefinitions definitions = new RandomDefinitions(random);

    private static void make(FakeTables kernel, Plan plan) {
        plan.changes().forEach(kernel::make);
    }

    @Test
    void afterAPlanThereIsNothingToPlan() {
        for (int run = 0; run < RUNS; run++) {
            FakeTables kernel = new FakeTables();
            kernel.setNoPmtuDisc(random.nextBoolean());
            DesiredState desired = definitions.next();
            make(kernel, Plans.up(desired, kernel.snapshot()));
            assertThat(Plans.up(desired, kernel.snapshot()).text())
                    .as("seed %d", seed)
                    .isEmpty();

            Set<ChildName> names =
                    desired.children().stream().map(DesiredChild::name).collect(Collectors.toSet());
            make(kernel, Plans.down(desired, names, kernel.snapshot()));
            assertThat(Plans.down(desired, names, kernel.snapshot()).text())
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(kernel.listStates()).as("seed %d", seed).isEmpty();
            assertThat(kernel.listPolicies()).as("seed %d", seed).hasSize((int) desired.children().stream()
                    .filter(child -> child.onDown() == OnDown.BLOCK)
                    .mapToLong(child -> child.policies().size())
                    .sum());

            make(kernel, Plans.up(desired, kernel.snapshot()));
            assertThat(Plans.up(desired, kernel.snapshot()).text())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void fromOneDefinitionToAnotherLeavesWhatTheSecondWantsAndNoMoreOfIt() {
        for (int run = 0; run < RUNS; run++) {
            FakeTables kernel = new FakeTables();
            make(kernel, Plans.up(definitions.next(), kernel.snapshot()));
            DesiredState second = definitions.next();
            Plan plan;
            try {
                plan = Plans.up(second, kernel.snapshot());
            } catch (PlanConflictException e) {
                assertThat(e.conflicts()).as("seed %d", seed).isNotEmpty();
                continue;
            }
            make(kernel, plan);
            assertThat(Plans.up(second, kernel.snapshot()).text())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void stagesFollowEachOther() {
        for (int run = 0; run < RUNS; run++) {
            Plan plan = Plans.up(definitions.next(), Snapshot.EMPTY);
            assertThat(plan.changes()).as("seed %d", seed).isSortedAccordingTo(Comparator.comparing(Change::stage));
        }
    }

    /** From the first outbound change on, a wanted policy that exists has its states or is a block. */
    @Test
    void noOutboundPolicyIsEverWithoutItsStatesOnTheWayUp() {
        for (int run = 0; run < RUNS; run++) {
            FakeTables kernel = new FakeTables();
            DesiredState desired = definitions.next();
            Plan plan = Plans.up(desired, Snapshot.EMPTY);
            kernel.afterEach(() -> kernel.listPolicies().stream()
                    .filter(policy -> policy.direction() == Direction.OUT && policy.action() == PolicyAction.ALLOW)
                    .forEach(policy -> assertThat(statesOf(policy, desired, kernel))
                            .as("seed %d", seed)
                            .isTrue()));
            make(kernel, plan);
        }
    }

    private static boolean statesOf(XfrmPolicy policy, DesiredState desired, FakeTables kernel) {
        List<XfrmState> outbound = desired.children().stream()
                .flatMap(child -> child.outbound().stream())
                .filter(state -> kernel.listStates().stream()
                        .anyMatch(present -> present.id().equals(state.id())))
                .toList();
        return policy.templates().stream()
                .allMatch(template -> outbound.stream().anyMatch(state -> fits(template, state)));
    }

    @Test
    void compiledPoliciesAlwaysAskForTheStatesOfTheirChild() {
        for (int run = 0; run < RUNS; run++) {
            for (DesiredChild child : definitions.next().children()) {
                assertThat(child.policies())
                        .as("seed %d", seed)
                        .allSatisfy(policy -> policy.templates()
                                .forEach(template ->
                                        assertThat(child.states()).anyMatch(state -> fits(template, state))));
                assertThat(child.policies(Direction.OUT))
                        .as("seed %d", seed)
                        .allSatisfy(policy -> assertThat(policy.templates())
                                .allMatch(template -> template.level().equals(Level.REQUIRED)));
            }
        }
    }

    private static boolean fits(Template template, XfrmState state) {
        return state.mode().equals(template.mode())
                && state.reqid().equals(template.reqid())
                && state.id().protocol().equals(template.protocol());
    }
}
