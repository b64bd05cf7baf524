package org.xfrmctl.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.DerivedSas;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** Whatever somebody does to the tables, they are again as the last run left them. */
class KeeperTest extends KeptTables {
    @Test
    void whatIsRightIsLeftAlone() {
        run(Goal.UP, A, B);
        int requests = kernel.requests().size();

        assertThat(look(A, B)).isEqualTo(new Keeper.Look(List.of(), List.of()));
        assertThat(kernel.requests()).hasSize(requests);
    }

    @Test
    void whatIsAroundEachRunOfAChildIsAskedFor() {
        journal.write(journal.read().aimed(Goal.TRAP, Set.of(A.name()), Set.of()));
        List<String> asked = new ArrayList<>();

        Keeper.Look look = new Keeper(wanted(A), kernel, Clock.systemUTC(), rests, (goal, child, run) -> {
                    asked.add(goal + " " + child + " before "
                            + kernel.listPolicies().size());
                    run.run();
                })
                .look(journal, epochs);

        assertThat(look.troubles()).isEmpty();
        assertThat(asked).containsExactly("trap " + A.name() + " before 0");
        assertThat(kernel.listPolicies()).isNotEmpty();
    }

    private static ChildBuilder[] many(int count) {
        ChildBuilder[] children = new ChildBuilder[count];
        for (int i = 0; i < count; i++) {
            ChildBuilder child = child("m" + i).traffic("10.1." + i + ".0/24", "10.2." + i + ".0/24");
            children[i] =
                    i % 2 == 0 ? child.derived("s") : child.spi(0x4000 + 16 * i).key("k");
        }
        return children;
    }

    @Test
    void howeverManyAreAsTheyShouldBeTheTablesAreReadOnce() {
        ChildBuilder[] children = many(40);
        for (ChildBuilder each : children) {
            journal.write(journal.read().aimed(Goal.UP, Set.of(each.name()), Set.of()));
        }
        run(Goal.UP, Arrays.stream(children).filter(each -> !isDerived(each)).toArray(ChildBuilder[]::new));
        assertThat(look(children).troubles()).isEmpty();
        int states = kernel.stateDumps();
        int policies = kernel.policyDumps();

        assertThat(look(children)).isEqualTo(new Keeper.Look(List.of(), List.of()));
        assertThat(kernel.stateDumps() - states).isEqualTo(1);
        assertThat(kernel.policyDumps() - policies).isEqualTo(1);
        assertThat(new Keeper(wanted(children), kernel, Clock.systemUTC(), rests)
                        .isDue(journal.read(), epochs, List.of()))
                .isFalse();
        assertThat(kernel.stateDumps() - states).isEqualTo(2);
        assertThat(kernel.policyDumps() - policies).isEqualTo(1);
    }

    private static boolean isDerived(ChildBuilder child) {
        return child.build().sas() instanceof DerivedSas;
    }

    @Test
    void ofManyOnlyWhatDiffersIsRepaired() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ChildBuilder[] children = many(20);
        for (ChildBuilder each : children) {
            journal.write(journal.read().aimed(Goal.UP, Set.of(each.name()), Set.of()));
        }
        run(Goal.UP, Arrays.stream(children).filter(each -> !isDerived(each)).toArray(ChildBuilder[]::new));
        look(children);
        Set<Object> before = content();
        for (int i = 0; i < 20; i++) {
            List<XfrmPolicy> policies = kernel.listPolicies();
            kernel.deletePolicy(policies.get(random.nextInt(policies.size())).key());
            Keeper.Look look = look(children);

            assertThat(look.done().stream().filter(line -> line.startsWith("repaired")))
                    .as("seed %d, %s", seed, look)
                    .hasSize(1);
            assertThat(content()).as("seed %d", seed).isEqualTo(before);
        }
    }

    /** What a look leaves behind would make a watch grow: this one repairs something every time. */
    @Test
    void thousandsOfRepairsLeaveNothingBehind() {
        run(Goal.UP, A, B);
        long early = 0;
        for (int i = 0; i < 2000; i++) {
            kernel.deletePolicy(kernel.listPolicies().get(0).key());
            assertThat(look(A, B).done()).isNotEmpty();
            // The test's own record of them grows.
            kernel.requests().clear();
            early = i == 200 ? used() : early;
        }
        // 9 KiB for each: one that stays behind has its plan and two readings of the tables, which are more than that.
        // What
        // the virtual machine keeps for itself is less than this altogether.
        assertThat(used() - early).as("bytes more than after 200").isLessThan(16 << 20);
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void everyChangeIsUndone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        run(Goal.UP, A);
        run(Goal.DOWN, B);
        Set<Object> before = content();
        for (int i = 0; i < 200; i++) {
            String what = spoil(random);
            Keeper.Look look = look(A, B);

            assertThat(content()).as("seed %d, %s, %s", seed, what, look).isEqualTo(before);
        }
    }

    private String spoil(Random random) {
        // An outbound state does not come back: its key was used.
        List<XfrmState> states = kernel.listStates().stream()
                .filter(state -> !state.isImplied()
                        && state.id().destination().toString().equals("192.0.2.1"))
                .toList();
        List<XfrmPolicy> policies = kernel.listPolicies();
        XfrmState state = states.get(random.nextInt(states.size()));
        XfrmPolicy policy = policies.get(random.nextInt(policies.size()));
        switch (random.nextInt(5)) {
            case 0 -> {
                kernel.deleteState(state.id(), state.mark());
                return "deleted " + state;
            }
            case 1 -> {
                kernel.deletePolicy(policy.key());
                return "deleted " + policy.key();
            }
            case 2 -> {
                policies.forEach(each -> kernel.deletePolicy(each.key()));
                return "flushed policies";
            }
            case 3 -> {
                states.forEach(each -> kernel.deleteState(each.id(), each.mark()));
                return "flushed inbound states";
            }
            default -> {
                kernel.updatePolicy(
                        policy.toBuilder().priority(1 + random.nextInt(9)).build());
                return "another priority of " + policy.key();
            }
        }
    }

    @Test
    void aKeyThatWasUsedDoesNotComeBack() {
        run(Goal.UP, A, B);
        kernel.listStates().stream()
                .filter(state -> !state.isImplied())
                .forEach(state -> kernel.deleteState(state.id(), state.mark()));
        kernel.listPolicies().forEach(policy -> kernel.deletePolicy(policy.key()));
        Keeper.Look look = look(A, B);

        assertThat(look.troubles()).hasSize(2).allMatch(trouble -> trouble.contains("its key was used"));
        assertThat(kernel.listStates()).allMatch(XfrmState::isImplied);
        assertThat(kernel.listPolicies())
                .as("what would pass in clear is stopped")
                .hasSize(6)
                .allMatch(policy -> policy.action() == PolicyAction.BLOCK);
    }

    @Test
    void oneInTheWayIsNotInTheOthersWay() {
        run(Goal.UP, A, B);
        XfrmState inbound = kernel.listStates().stream()
                .filter(state -> state.reqid()
                                .equals(wanted(A).outline().children().get(0).reqid())
                        && state.id().destination().toString().equals("192.0.2.1")
                        && state.id().protocol().equals(IpProtocol.ESP))
                .findFirst()
                .orElseThrow();
        kernel.deleteState(inbound.id(), inbound.mark());
        kernel.addState(inbound.toBuilder().reqid(new Reqid(7)).build());
        kernel.listPolicies().forEach(policy -> kernel.deletePolicy(policy.key()));
        Keeper.Look look = look(A, B);

        assertThat(look.troubles()).singleElement().asString().contains("net/a");
        assertThat(kernel.listPolicies()).hasSize(6);
        assertThat(kernel.listPolicies().stream()
                        .filter(policy -> policy.templates().isEmpty()))
                .as("a is stopped")
                .hasSize(3);
    }

    @Test
    void halfARekeyIsKeptFromLettingAnythingPass() {
        run(Goal.UP, A);
        ChildBuilder other = child("a").ipcomp().spi(0x2000).key("two");
        run(Goal.REKEY_INBOUND, other);
        kernel.listPolicies().forEach(policy -> kernel.deletePolicy(policy.key()));
        look(other);

        assertThat(kernel.listPolicies()).hasSize(3).allMatch(policy -> policy.action() == PolicyAction.BLOCK);
    }

    @Test
    void aLockdownLeavesWhatIsUp() {
        run(Goal.UP, A);
        run(Goal.LOCKDOWN, A);
        Set<Object> up = content();
        kernel.deletePolicy(kernel.listPolicies().get(0).key());
        look(A);

        assertThat(content()).isEqualTo(up);
    }

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
    void withoutARunThereIsNothingToKeep() {
        assertThat(look(A)).isEqualTo(new Keeper.Look(List.of(), List.of()));
        assertThat(content()).isEmpty();
    }

    @Test
    void newSasWaitForARekey() {
        run(Goal.UP, A);
        Set<Object> before = content();
        ChildBuilder other = child("a").ipcomp().spi(0x2000).key("two");

        assertThat(look(other).troubles()).singleElement().asString().contains("net/a: its definition has other SAs");
        assertThat(content()).isEqualTo(before);

        run(Goal.REKEY_INBOUND, other);
        Set<Object> between = content();
        assertThat(look(other)).isEqualTo(new Keeper.Look(List.of(), List.of()));
        assertThat(content()).isEqualTo(between);
        run(Goal.REKEY_OUTBOUND, other);
        run(Goal.REKEY_FINISH, other);
        Set<Object> after = content();
        kernel.deletePolicy(kernel.listPolicies().get(0).key());
        look(other);
        assertThat(content()).isEqualTo(after);
    }

    @Test
    void aNewSelectorIsTakenOver() {
        run(Goal.UP, A);
        look(child("a").ipcomp().traffic("10.1.0.0/16", "10.9.0.0/16"));

        assertThat(kernel.listPolicies())
                .extracting(policy -> policy.key().toString())
                .allMatch(key -> key.contains("10.9.0.0/16"));
    }
}
