package org.xfrmctl.manager.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Fuse;
import org.xfrmctl.manager.testing.RandomDefinitions;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** A run that is killed at every point in turn, and the one after it. */
class CrashTest {
    private static final int PAIRS = 3;
    private static final DesiredState NOTHING = new DesiredState(List.of(), List.of());

    private final long seed = System.nanoTime();
    private final RandomDefinitions definitions = new RandomDefinitions(new Random(seed));

    /** A host on which {@code before} is up. */
    private static final class Host {
        private final FakeTables kernel = new FakeTables();
        private final Journal journal = Journal.inMemory();

        Host(DesiredState before) {
            run(before, Goal.UP);
        }

        void run(DesiredState desired, Goal goal) {
            new Lifecycle(desired, kernel, journal, Clock.systemUTC()).run(goal, names(desired, goal));
        }

        private Set<ChildName> names(DesiredState desired, Goal goal) {
            return goal == Goal.APPLY ? Set.of() : desired.names();
        }

        /** False if the run came to its end. */
        boolean isKilled(DesiredState desired, Goal goal, int points) {
            Fuse fuse = new Fuse(points);
            try {
                new Lifecycle(desired, fuse.on(kernel), fuse.on(journal), Clock.systemUTC())
                        .run(goal, names(desired, goal));
                return false;
            } catch (Fuse.Killed killed) {
                return true;
            }
        }
    }

    @Test
    void theNextRunGetsThere() {
        int compared = 0;
        while (compared < PAIRS) {
            DesiredState before = definitions.next();
            DesiredState after = definitions.next();
            if (!isPossible(before, after)) {
                continue;
            }
            compared++;
            for (Goal goal : Goal.values()) {
                killEverywhere(before, goal == Goal.DOWN ? before : after, goal);
            }
        }
    }

    private static boolean isPossible(DesiredState before, DesiredState after) {
        try {
            Host host = new Host(before);
            host.run(after, Goal.APPLY);
            new Host(before).run(after, Goal.LOCKDOWN);
            return true;
        } catch (PlanConflictException sameSpiWithAnotherKey) {
            return false;
        }
    }

    private void killEverywhere(DesiredState before, DesiredState desired, Goal goal) {
        Host unharmed = new Host(before);
        unharmed.run(desired, goal);
        int points = 0;
        Host host = new Host(before);
        while (host.isKilled(desired, goal, points)) {
            String where = "seed " + seed + ", " + goal + " killed at point " + points;
            nothingIsInClear(host.kernel, before, desired, goal, where);
            host.run(desired, goal);
            assertThat(host.kernel.content()).as(where).isEqualTo(unharmed.kernel.content());
            assertThat(host.journal.read()).as(where).isEqualTo(unharmed.journal.read());

            Host other = new Host(before);
            assertThat(other.isKilled(desired, goal, points)).isTrue();
            other.run(NOTHING, Goal.APPLY);
            assertThat(other.kernel.content())
                    .as("%s, then nothing is defined", where)
                    .isEmpty();
            assertThat(other.journal.read().ledger().owners()).as(where).isEmpty();

            host = new Host(before);
            points++;
        }
        assertThat(points).as("a run has points at which to kill it").isPositive();
    }

    /** What was protected before and shall be afterwards, or stopped, is one of the two now. */
    private static void nothingIsInClear(
            FakeTables kernel, DesiredState before, DesiredState desired, Goal goal, String where) {
        Set<PolicyKey> kept = new HashSet<>();
        before.policies().map(XfrmPolicy::key).forEach(kept::add);
        Set<PolicyKey> wanted = new HashSet<>();
        desired.children().stream()
                .filter(child -> goal != Goal.DOWN || child.onDown() == OnDown.BLOCK)
                .flatMap(child -> child.policies().stream())
                .filter(policy -> !policy.templates().isEmpty())
                .map(XfrmPolicy::key)
                .forEach(wanted::add);
        kept.retainAll(wanted);
        assertThat(kernel.listPolicies().stream().map(XfrmPolicy::key).toList())
                .as(where)
                .containsAll(kept);
        Set<SaId> outward = Stream.of(before, desired)
                .flatMap(each -> each.children().stream())
                .flatMap(child -> child.outbound().stream())
                .map(XfrmState::id)
                .collect(Collectors.toSet());
        List<XfrmState> states = kernel.listStates().stream()
                .filter(state -> outward.contains(state.id()))
                .toList();
        kernel.listPolicies().stream()
                .filter(policy -> wanted.contains(policy.key()) && policy.direction() == Direction.OUT)
                .filter(policy -> policy.action() == PolicyAction.ALLOW)
                .forEach(policy -> assertThat(policy.templates())
                        .as("%s: %s", where, policy.key())
                        .isNotEmpty()
                        .allMatch(template -> states.stream().anyMatch(state -> fits(template, state))));
    }

    private static boolean fits(Template template, XfrmState state) {
        return state.mode().equals(template.mode())
                && state.reqid().equals(template.reqid())
                && state.id().protocol().equals(template.protocol());
    }
}
