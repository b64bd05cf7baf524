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
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Fuse;
import org.xfrmctl.manager.testing.RandomDefinitions;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Mode;
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
    private static final int PAIRS = 2;
    private static final DesiredState NOTHING = new DesiredState(List.of(), List.of());
    /** Of another manager: a reqid outside of our band, and a network that no random definition has. */
    private static final DesiredState FOREIGN = ChildBuilder.compile(ChildBuilder.child("foreign")
            .reqid(7)
            .spi(0x900000)
            .between("192.0.2.1", "203.0.113.9")
            .traffic("172.16.0.0/16", "172.17.0.0/16"));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final RandomDefinitions definitions = new RandomDefinitions(random);

    /** A host on which {@code before} is up. */
    private static final class Host {
        private final FakeTables kernel = new FakeTables();
        private final Journal journal = Journal.inMemory();

        Host(DesiredState before) {
            FOREIGN.states().forEach(kernel::addState);
            FOREIGN.policies().forEach(kernel::addPolicy);
            run(before, Goal.UP);
        }

        /** Without what nobody of ours may touch. */
        private Set<Object> content(String where) {
            Set<Object> content = kernel.content();
            Set<Object> foreign = untouched();
            assertThat(content).as("%s: objects of others stay", where).containsAll(foreign);
            content.removeAll(foreign);
            return content;
        }

        private static Set<Object> untouched() {
            FakeTables alone = new FakeTables();
            FOREIGN.states().forEach(alone::addState);
            FOREIGN.policies().forEach(alone::addPolicy);
            return alone.content();
        }

        void run(DesiredState desired, Goal goal) {
            new Lifecycle(desired, kernel, journal, Clock.systemUTC()).run(goal, names(desired, goal));
        }

        /** Between two definitions an SPI may be in use with another key; then nothing is changed. */
        void runIfPossible(DesiredState desired, Goal goal) {
            Set<Object> before = kernel.content();
            try {
                run(desired, goal);
            } catch (PlanConflictException inTheWay) {
                assertThat(kernel.content()).isEqualTo(before);
            }
        }

        private Set<ChildName> names(DesiredState desired, Goal goal) {
            return goal == Goal.APPLY ? Set.of() : desired.names();
        }

        /** False if the run came to its end. */
        boolean isKilled(DesiredState desired, Goal goal, int points) {
            try {
                run(desired, goal, Fuse.killing(points));
                return false;
            } catch (Fuse.Killed killed) {
                return true;
            }
        }

        /** False if the run came to its end. */
        boolean isRefused(DesiredState desired, Goal goal, int points) {
            Fuse fuse = Fuse.refusing(points);
            try {
                run(desired, goal, fuse);
            } catch (ApplyException | JournalException refused) {
                assertThat(fuse.isBlown()).isTrue();
            }
            return fuse.isBlown();
        }

        private void run(DesiredState desired, Goal goal, Fuse fuse) {
            new Lifecycle(desired, fuse.on(kernel), fuse.on(journal), Clock.systemUTC())
                    .run(goal, names(desired, goal));
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
            for (Goal goal : Goal.WHOLE) {
                DesiredState desired = goal == Goal.DOWN ? before : after;
                killEverywhere(before, desired, goal);
                // One pair a run, for time.
                if (compared == 1) {
                    refuseEverywhere(before, desired, goal);
                }
            }
            downOfAllThatIsNotDefined(before);
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
            assertThat(host.content(where)).as(where).isEqualTo(unharmed.content(where));
            assertThat(host.journal.read()).as(where).isEqualTo(unharmed.journal.read());

            Host other = new Host(before);
            assertThat(other.isKilled(desired, goal, points)).isTrue();
            Goal next = List.copyOf(Goal.WHOLE).get(random.nextInt(Goal.WHOLE.size()));
            other.runIfPossible(desired, next);
            other.run(NOTHING, Goal.APPLY);
            assertThat(other.content(where))
                    .as("%s, then %s, then nothing is defined", where, next)
                    .isEmpty();
            assertThat(other.journal.read().ledger().owners()).as(where).isEmpty();

            host = new Host(before);
            points++;
        }
        assertThat(points).as("a run has points at which to kill it").isPositive();
    }

    /** Then all is as it was, or as it should be, and the next run finds nothing in its way. */
    private void refuseEverywhere(DesiredState before, DesiredState desired, Goal goal) {
        Host unharmed = new Host(before);
        Set<Object> undone = named(unharmed.content("before"));
        unharmed.run(desired, goal);
        int points = 0;
        Host host = new Host(before);
        while (host.isRefused(desired, goal, points)) {
            String where = "seed " + seed + ", " + goal + " refused at point " + points;
            Set<Object> rest = named(host.content(where));
            if (!rest.equals(named(unharmed.content(where)))) {
                assertThat(rest).as(where).isEqualTo(undone);
            }
            host.run(desired, goal);
            assertThat(named(host.content(where))).as(where).isEqualTo(named(unharmed.content(where)));
            assertThat(host.journal.read()).as(where).isEqualTo(unharmed.journal.read());
            host = new Host(before);
            points++;
        }
        assertThat(points).as("a run has points at which to refuse it").isPositive();
    }

    /** Without the kernel's companions, whose mark is that of whichever state came first. */
    private static Set<Object> named(Set<Object> content) {
        return content.stream()
                .filter(object -> !(object instanceof XfrmState state && state.isImplied()))
                .collect(Collectors.toSet());
    }

    private void downOfAllThatIsNotDefined(DesiredState before) {
        int points = 0;
        boolean killed = true;
        while (killed) {
            String where = "seed " + seed + ", down of what is not defined killed at point " + points;
            Host host = new Host(before);
            Set<ChildName> names = before.names();
            Fuse fuse = Fuse.killing(points++);
            try {
                new Lifecycle(NOTHING, fuse.on(host.kernel), fuse.on(host.journal), Clock.systemUTC())
                        .run(Goal.DOWN, names);
                killed = false;
            } catch (Fuse.Killed expected) {
                new Lifecycle(NOTHING, host.kernel, host.journal, Clock.systemUTC()).run(Goal.DOWN, names);
            }
            assertThat(host.content(where)).as(where).isEmpty();
            assertThat(host.journal.read()).as(where).isEqualTo(JournalRecord.EMPTY);
        }
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
                .filter(policy -> wanted.contains(policy.key()) && policy.action() == PolicyAction.ALLOW)
                .forEach(policy -> {
                    assertThat(policy.templates())
                            .as("%s: %s", where, policy.key())
                            .isNotEmpty();
                    // A template without its state lets nothing in, and nothing out; a trap is made of such.
                    if (policy.direction() == Direction.OUT && goal != Goal.TRAP) {
                        assertThat(policy.templates())
                                .as("%s: %s", where, policy.key())
                                .allMatch(template -> states.stream().anyMatch(state -> fits(template, state)));
                    }
                });
    }

    private static boolean fits(Template template, XfrmState state) {
        return state.mode().equals(template.mode())
                && state.reqid().equals(template.reqid())
                && state.id().protocol().equals(template.protocol())
                && (!template.mode().equals(Mode.TUNNEL)
                        || (state.source().equals(template.source())
                                && state.id().destination().equals(template.destination())));
    }
}
