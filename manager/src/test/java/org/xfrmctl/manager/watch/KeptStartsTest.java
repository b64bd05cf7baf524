package org.xfrmctl.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/** Children that begin by themselves, and what becomes of those that cannot. */
class KeptStartsTest extends KeptTables {
    /** As the kernel does it when a packet meets a policy without states, and somebody listens. */
    private void packetToSend(DesiredChild child) {
        XfrmState wanted = child.outbound().get(child.outbound().size() - 1);
        kernel.addState(XfrmState.builder(
                        new SaId(
                                wanted.id().destination(), Spi.NONE, wanted.id().protocol()),
                        wanted.source())
                .reqid(child.reqid())
                .mode(wanted.mode())
                .build());
    }

    @Test
    void aTrapIsSprungByAPacket() {
        for (ChildBuilder builder : List.of(child("t").ipcomp(), child("t").derived("s"))) {
            run(Goal.TRAP, builder);
            Set<Object> trapped = content();
            assertThat(look(builder)).isEqualTo(new Keeper.Look(List.of(), List.of()));
            kernel.listPolicies().forEach(policy -> kernel.deletePolicy(policy.key()));
            assertThat(look(builder).done()).contains("repaired net/t (trap)");
            assertThat(content()).isEqualTo(trapped);

            packetToSend(wanted(builder).outline().children().get(0));
            assertThat(look(builder).done()).contains("sprung net/t (up)");
            assertThat(journal.read().goals()).containsValue(Goal.UP);

            run(Goal.TRAP, builder);
            assertThat(content()).isEqualTo(trapped);
            run(Goal.DOWN, builder);
        }
    }

    @Test
    void whatNoCommandWasGivenForBeginsAsItsStartActionSays() {
        ChildBuilder none = child("none");
        ChildBuilder trap = child("trap")
                .traffic("10.3.0.0/16", "10.4.0.0/16")
                .spi(0x1100)
                .key("b")
                .startAction(StartAction.TRAP);
        ChildBuilder start = child("start")
                .traffic("10.5.0.0/16", "10.6.0.0/16")
                .derived("s")
                .startAction(StartAction.START);

        look(none, trap, start);

        assertThat(journal.read().goals())
                .containsOnly(Map.entry(trap.name(), Goal.TRAP), Map.entry(start.name(), Goal.UP));
        run(Goal.DOWN, start);
        assertThat(look(none, trap, start)).isEqualTo(new Keeper.Look(List.of(), List.of()));
    }

    /** Whoever fails is left alone for a while, but never in clear; the others are looked after as ever. */
    @Test
    void whatFailsIsTriedAgainLaterAndHarmsNobodyElse() {
        run(Goal.UP, A, B);
        Set<Object> before = content();
        XfrmState sends = kernel.listStates().stream()
                .filter(state -> state.id()
                        .spi()
                        .equals(wanted(B)
                                .outline()
                                .children()
                                .get(0)
                                .outbound()
                                .get(0)
                                .id()
                                .spi()))
                .findFirst()
                .orElseThrow();
        kernel.deleteState(sends.id(), sends.mark());
        Instant start = Instant.parse("2026-11-26T00:00:00Z");
        assertThat(look(at(start, 0), A, B).troubles()).hasSize(1);
        kernel.restoreState(sends);

        // As it should be again, before anything is tried again.
        assertThat(look(at(start, 1), A, B)).isEqualTo(new Keeper.Look(List.of(), List.of()));
        kernel.deleteState(sends.id(), sends.mark());
        assertThat(look(at(start, 2), A, B).troubles()).hasSize(1);

        for (int seconds = 3; seconds < 60; seconds++) {
            kernel.listPolicies().forEach(policy -> kernel.deletePolicy(policy.key()));
            assertThat(look(at(start, seconds), A, B).done())
                    .as("after %d s", seconds)
                    .contains("repaired net/a (up)")
                    .contains("stopped net/b (lockdown)");
        }
        kernel.restoreState(sends);
        rests.end();
        look(at(start, 61), A, B);
        assertThat(content()).isEqualTo(before);
    }

    /** Whose notes are lost must not begin anew; the others go on. */
    @Test
    void aForgottenChildIsNotInTheOthersWay() {
        ChildBuilder forgotten = child("a").derived("s");
        ChildBuilder other =
                child("b").traffic("10.3.0.0/16", "10.4.0.0/16").derived("s").startAction(StartAction.START);
        run(Goal.UP, forgotten);
        look(forgotten, other);
        Set<Object> before = content();
        XfrmState inbound = kernel.listStates().stream()
                .filter(state -> state.reqid()
                                .equals(wanted(other)
                                        .outline()
                                        .children()
                                        .get(0)
                                        .reqid())
                        && state.id().destination().toString().equals("192.0.2.1"))
                .findFirst()
                .orElseThrow();
        kernel.deleteState(inbound.id(), inbound.mark());

        Keeper.Look look = look(forgotten, other);

        assertThat(look.done()).contains("repaired net/b (up)");
        assertThat(look.troubles()).singleElement().asString().contains("net/a", "it is not noted which epochs");
        assertThat(content()).isEqualTo(before);
    }

    /** What was in the kernel for a moment may have sent. */
    @Test
    void aWrittenKeyIsNotTriedAgainBySprungTraps() {
        ChildBuilder trap = child("t").ipcomp();
        DesiredChild desired = wanted(trap).outline().children().get(0);
        run(Goal.TRAP, trap);
        packetToSend(desired);
        kernel.refuseAfter(3);
        Instant start = Instant.parse("2026-11-26T00:00:00Z");
        assertThat(look(at(start, 0), trap).troubles()).hasSize(1);
        // The packet's larval state is still there, and asks for it all the time.
        assertThat(kernel.listStates())
                .isNotEmpty()
                .allMatch(state -> state.id().spi().equals(Spi.NONE));

        assertThat(look(at(start, 100_000), trap).done()).isEmpty();
        rests.end();
        assertThat(look(at(start, 100_001), trap).done()).contains("sprung net/t (up)");
    }

    private static Clock at(Instant start, int seconds) {
        return Clock.fixed(start.plusSeconds(seconds), ZoneOffset.UTC);
    }
}
