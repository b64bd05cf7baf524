package org.xfrmctl.manager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.manager.compile.BlockPolicy;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

class PlannerTest {
    private static Snapshot holding(DesiredState desired) {
        return new Snapshot(desired.states().toList(), desired.policies().toList());
    }

    @Test
    void fromNothingItBlocksFirstAndOpensOutboundLast() {
        Plan plan = Plans.up(compile(child("a").ipcomp().reqid(7)), Snapshot.EMPTY);
        assertThat(plan.text()).isEqualTo("""
                        + policy src 10.2.0.0/16 dst 10.1.0.0/16 dir in action block priority 383615
                        + policy src 10.2.0.0/16 dst 10.1.0.0/16 dir fwd action block priority 383615
                        + policy src 10.1.0.0/16 dst 10.2.0.0/16 dir out action block priority 383615
                        + state src 192.0.2.2 dst 192.0.2.1 proto comp spi 0x00001000 reqid 7 mode tunnel flag af-unspec
                        + state src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x00001000 reqid 7 mode transport replay-window 32
                        ~ policy src 10.2.0.0/16 dst 10.1.0.0/16 dir in priority 383615 tmpl src 192.0.2.2 dst 192.0.2.1 proto comp reqid 7 mode tunnel level use tmpl proto esp reqid 7 mode transport
                        ~ policy src 10.2.0.0/16 dst 10.1.0.0/16 dir fwd priority 383615 tmpl src 192.0.2.2 dst 192.0.2.1 proto comp reqid 7 mode tunnel level use tmpl proto esp reqid 7 mode transport
                        + state src 192.0.2.1 dst 192.0.2.2 proto comp spi 0x00001001 reqid 7 mode tunnel flag af-unspec
                        + state src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001 reqid 7 mode transport
                        ~ policy src 10.1.0.0/16 dst 10.2.0.0/16 dir out priority 383615 tmpl src 192.0.2.1 dst 192.0.2.2 proto comp reqid 7 mode tunnel tmpl proto esp reqid 7 mode transport
                        """);
    }

    @Test
    void newSpisComeBeforeTheOldOnesGo() {
        Snapshot old = holding(compile(child("a").reqid(7)));
        Plan plan = Plans.up(compile(child("a").reqid(7).spi(0x2000).key("two")), old);
        assertThat(plan.text()).isEqualTo("""
                        + state src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x00002000 reqid 7 mode tunnel replay-window 32
                        + state src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00002001 reqid 7 mode tunnel
                        - state src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001 reqid 7 mode tunnel
                        - state src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x00001000 reqid 7 mode tunnel replay-window 32
                        """);
    }

    @Test
    void policiesOfOldSelectorsGoBeforeStates() {
        Snapshot old = holding(compile(child("a").reqid(7).traffic("10.9.0.0/16", "10.2.0.0/16")));
        assertThat(Plans.up(compile(child("a").reqid(7)), old).changes())
                .extracting(change -> change.stage() + " " + change.sign())
                .containsExactly(
                        "BLOCK +",
                        "BLOCK +",
                        "BLOCK +",
                        "INBOUND_POLICIES ~",
                        "INBOUND_POLICIES ~",
                        "OUTBOUND_POLICIES ~",
                        "OLD_OUTBOUND_POLICIES -",
                        "OLD_INBOUND_POLICIES -",
                        "OLD_INBOUND_POLICIES -");
    }

    static Stream<Arguments> kernelHabits() {
        UnaryOperator<XfrmState> used = state -> state.toBuilder()
                .current(new LifetimeCurrent(1, 2, 3, 4))
                .seq(9)
                .replay(
                        state.replay() instanceof ReplayState.Basic basic
                                ? new ReplayState.Basic(basic.window(), 5, 6, 7)
                                : state.replay())
                .build();
        UnaryOperator<XfrmState> flagged = state -> state.toBuilder()
                .flags(state.flags().with(StateFlag.NOPMTUDISC))
                .build();
        UnaryOperator<XfrmState> hidden = state -> state.toBuilder()
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128)))
                .build();
        return Stream.of(
                Arguments.of("counters and sequence numbers", used),
                Arguments.of("ip_no_pmtu_disc", flagged),
                Arguments.of("keys hidden by lockdown", hidden));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernelHabits")
    void whatTheKernelAddsIsNoDifference(String what, UnaryOperator<XfrmState> habit) {
        DesiredState desired = compile(child("a"));
        Snapshot present = new Snapshot(
                desired.states().map(habit).toList(), desired.policies().toList());
        assertThat(Plans.up(desired, present).changes()).as(what).isEmpty();
    }

    @Test
    void limitsAndPoliciesChangeInPlace() {
        Snapshot old = holding(compile(child("a").reqid(7)));
        LifetimeLimits limits = new LifetimeLimits(Limit.INFINITE, new Limit(10, 20), Limit.NEVER, Limit.NEVER);
        Plan plan = Plans.up(compile(child("a").reqid(7).priority(5).limits(limits)), old);
        assertThat(plan.changes())
                .extracting(change -> change.getClass().getSimpleName())
                .containsExactly("UpdateState", "UpdatePolicy", "UpdatePolicy", "UpdateState", "UpdatePolicy");
        assertThat(plan.changes().get(0).line())
                .endsWith(
                        " limits bytes INF/INF packets INF/INF seconds 0/0 -> bytes INF/INF packets 10/20 seconds 0/0");
    }

    private static XfrmPolicy foreign(XfrmPolicy policy, int reqid, int priority) {
        Template template = Template.tunnel(
                policy.templates().get(0).source(),
                policy.templates().get(0).destination(),
                IpProtocol.ESP,
                new Reqid(reqid),
                Level.REQUIRED);
        return policy.toBuilder()
                .templates(List.of(template))
                .priority(priority)
                .build();
    }

    @Test
    void allConflictsAreToldAtOnceAndNothingIsPlanned() {
        DesiredState desired = compile(
                child("a").reqid(7).key("two"), child("b").reqid(8).spi(0x2000).traffic("10.3.0.0/16", "10.4.0.0/16"));
        DesiredState old = compile(child("a").reqid(7).key("one"));
        XfrmState stranger = desired.children().get(1).inbound().get(0).toBuilder()
                .reqid(new Reqid(1))
                .build();
        XfrmState marked = desired.children().get(1).outbound().get(0).toBuilder()
                .mark(new Mark(5, 0xff))
                .build();
        XfrmPolicy inPlace = foreign(desired.children().get(1).policies().get(0), 1, 99);
        Snapshot present = new Snapshot(
                Stream.concat(old.states(), Stream.of(stranger, marked)).toList(), List.of(inPlace));
        assertThatThrownBy(() -> Plans.up(desired, present))
                .isInstanceOfSatisfying(
                        PlanConflictException.class,
                        e -> assertThat(e.conflicts())
                                .satisfiesExactly(
                                        line -> assertThat(line)
                                                .contains("net/a: dst 192.0.2.1")
                                                .contains("another key or algorithm")
                                                .endsWith("a new key or parameter needs a new SPI"),
                                        line -> assertThat(line).startsWith("net/a: dst 192.0.2.2"),
                                        line -> assertThat(line).contains("in use by a state that is not this child's"),
                                        line -> assertThat(line).contains("in use by a state with another mark"),
                                        line -> assertThat(line)
                                                .contains("a policy that is not ours stands in the place")));
    }

    @Test
    void foreignPoliciesThatOverlapAreRefusedAtEqualAndToldAtBetterPriority() {
        DesiredState desired = compile(child("a").priority(100));
        XfrmPolicy out = desired.children().get(0).policies().get(2);
        Selector wide = Selector.between(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("10.0.0.0/8"));
        XfrmPolicy bypass =
                XfrmPolicy.builder(wide, out.direction()).priority(99).build();
        assertThat(Plans.up(desired, new Snapshot(List.of(), List.of(bypass))).warnings())
                .singleElement()
                .asString()
                .contains("policy src 10.0.0.0/8 dst 10.0.0.0/8 dir out priority 99 is not ours and comes before");
        Snapshot equal =
                new Snapshot(List.of(), List.of(bypass.toBuilder().priority(100).build()));
        assertThatThrownBy(() -> Plans.up(desired, equal)).hasMessageContaining("at the same priority");
        Snapshot worse =
                new Snapshot(List.of(), List.of(bypass.toBuilder().priority(-1).build()));
        assertThat(Plans.up(desired, worse).warnings()).isEmpty();
    }

    @Test
    void foreignAndImpliedObjectsAreLeftAlone() {
        FakeTables kernel = new FakeTables();
        DesiredState theirs = compile(child("x").reqid(1).spi(0x9000).traffic("172.16.0.0/16", "172.17.0.0/16"));
        Plans.up(theirs, Snapshot.EMPTY).changes().forEach(kernel::make);
        DesiredState ours = compile(child("a").ipcomp());
        Plans.up(ours, kernel.snapshot()).changes().forEach(kernel::make);
        assertThat(kernel.listStates()).filteredOn(XfrmState::isImplied).hasSize(2);
        Plan down = Plans.down(ours, Set.of(child("a").name()), kernel.snapshot());
        assertThat(down.text()).doesNotContain("172.").doesNotContain("proto 4").doesNotContain("00009");
        assertThat(Plans.up(ours, kernel.snapshot()).isEmpty()).isTrue();
    }

    @Test
    void aMarkedLeftoverBehindANewerStateIsNotDeletedByGuess() {
        DesiredState desired = compile(child("a").reqid(7));
        XfrmState wanted = desired.children().get(0).inbound().get(0);
        XfrmState leftover = wanted.toBuilder().mark(new Mark(5, 0xff)).build();
        Snapshot present = new Snapshot(
                Stream.concat(desired.states(), Stream.of(leftover)).toList(),
                desired.policies().toList());
        assertThatThrownBy(() -> Plans.up(desired, present)).hasMessageContaining("the kernel would take");
    }

    @Test
    void downBlocksInPlaceBeforeAnyStateGoes() {
        DesiredState desired = compile(child("a").reqid(7));
        Plan plan = Plans.down(desired, Set.of(child("a").name()), holding(desired));
        assertThat(plan.text()).isEqualTo("""
                        ~ policy src 10.2.0.0/16 dst 10.1.0.0/16 dir in action block priority 383615
                        ~ policy src 10.2.0.0/16 dst 10.1.0.0/16 dir fwd action block priority 383615
                        ~ policy src 10.1.0.0/16 dst 10.2.0.0/16 dir out action block priority 383615
                        - state src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001 reqid 7 mode tunnel
                        - state src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x00001000 reqid 7 mode tunnel replay-window 32
                        """);
    }

    @Test
    void downWithPassRemovesTheBlocksLastAndOutboundAfterInbound() {
        DesiredState desired = compile(child("a").reqid(7).onDown(OnDown.PASS));
        assertThat(Plans.down(desired, Set.of(child("a").name()), holding(desired))
                        .changes())
                .extracting(change -> change.stage() + " " + change.sign()
                        + (change instanceof Change.RemovePolicy remove
                                ? " " + remove.policy().direction()
                                : ""))
                .containsExactly(
                        "BLOCK ~",
                        "BLOCK ~",
                        "BLOCK ~",
                        "OLD_OUTBOUND_STATES -",
                        "OLD_INBOUND_STATES -",
                        "UNBLOCK - in",
                        "UNBLOCK - fwd",
                        "UNBLOCK - out");
    }

    @Test
    void ofAChildThatNobodyKnowsNothingIsThereToRemove() {
        assertThat(Plans.down(compile(child("a")), Set.of(child("b").name()), Snapshot.EMPTY)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void blocksOfOursAreReplacedInPlaceAndOtherBlocksAreNot() {
        DesiredState desired = compile(child("a"));
        List<XfrmPolicy> blocks = desired.policies().map(BlockPolicy::inPlaceOf).toList();
        assertThat(Plans.up(desired, new Snapshot(List.of(), blocks)).changes())
                .noneMatch(Change.AddPolicy.class::isInstance);
        List<XfrmPolicy> theirs = blocks.stream()
                .map(block -> block.toBuilder().priority(1).build())
                .toList();
        assertThatThrownBy(() -> Plans.up(desired, new Snapshot(List.of(), theirs)))
                .hasMessageContaining("not ours");
    }

    @Test
    void noTextHoldsAKey() {
        DesiredState desired = compile(child("a").esp(ChildBuilder.GCM));
        Algorithm.Aead aead = (Algorithm.Aead)
                desired.children().get(0).inbound().get(0).algorithms().get(0);
        Plan plan = Plans.up(desired, Snapshot.EMPTY);
        assertThat(plan.text() + plan.changes()).doesNotContain(aead.key().revealHex());
    }
}
