package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.status.ChildStatus.Condition;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.XfrmState;

class StatusTest {
    private final FakeTables kernel = new FakeTables();

    private void up(DesiredState desired) {
        Plans.up(desired, kernel.snapshot()).changes().forEach(kernel::make);
    }

    private ChildStatus status(DesiredState desired) {
        return ChildStatus.of(desired, kernel.snapshot()).get(0);
    }

    @Test
    void followsAChildThroughItsLife() {
        DesiredState desired = compile(child("a").ipcomp());
        assertThat(status(desired).condition()).isEqualTo(Condition.DOWN);
        up(desired);
        ChildStatus whole = status(desired);
        assertThat(whole.condition()).isEqualTo(Condition.UP);
        assertThat(whole.missing()).isEmpty();
        assertThat(whole.states()).hasSize(4);
        assertThat(whole.implied()).hasSize(2);

        XfrmState esp = desired.children().get(0).outbound().get(1);
        kernel.deleteState(esp.id(), esp.mark());
        assertThat(status(desired).condition()).isEqualTo(Condition.PARTIAL);
        assertThat(status(desired).missing()).containsExactly("state " + esp + " is missing");

        kernel.listStates().stream()
                .filter(state -> !state.isImplied())
                .forEach(state -> kernel.deleteState(state.id(), state.mark()));
        assertThat(status(desired).condition()).isEqualTo(Condition.TRAPPED);

        Plans.down(desired, Set.of(child("a").name()), kernel.snapshot())
                .changes()
                .forEach(kernel::make);
        assertThat(status(desired).condition()).isEqualTo(Condition.BLOCKED);
    }

    @Test
    void countersComeInPacketOrderWithTheirStates() {
        DesiredState desired = compile(child("a").ipcomp());
        up(desired);
        Snapshot counted = new Snapshot(
                kernel.listStates().stream()
                        .map(state -> state.toBuilder()
                                .current(new LifetimeCurrent(
                                        state.id().protocol().number(), 1, 0, 0))
                                .build())
                        .toList(),
                kernel.listPolicies());
        CounterTable table = CounterTable.of(ChildSa.of(desired.children().get(0), desired, counted));
        assertThat(table.rows())
                .extracting(row -> row.label() + " "
                        + row.counters().map(LifetimeCurrent::bytes).orElse(-1L))
                .containsExactly(
                        "IPComp out 108", "IPIP out 4", "ESP out 50", "ESP in 50", "IPComp in 108", "IPIP in 4");
        assertThat(table.rows())
                .allSatisfy(row -> assertThat(row.note()).endsWith("."))
                .noneSatisfy(row -> assertThat(row.note()).contains("Shared"));
    }

    @Test
    void plainEspHasTwoRowsAndTransportIpcompFour() {
        DesiredState plain = compile(child("a"));
        assertThat(labels(plain)).containsExactly("ESP out", "ESP in");
        DesiredState transport = compile(child("a").ipcomp().transport());
        assertThat(labels(transport)).containsExactly("IPComp out", "ESP out", "ESP in", "IPComp in");
    }

    private static List<String> labels(DesiredState desired) {
        return CounterTable.of(ChildSa.of(desired.children().get(0), desired, Snapshot.EMPTY)).rows().stream()
                .map(CounterTable.Row::label)
                .toList();
    }

    @Test
    void sharedCompanionsAreCalledShared() {
        DesiredState desired =
                compile(child("a").ipcomp(), child("b").ipcomp().spi(0x2000).traffic("10.3.0.0/16", "10.4.0.0/16"));
        up(desired);
        assertThat(kernel.listStates()).filteredOn(XfrmState::isImplied).hasSize(2);
        CounterTable table = CounterTable.of(ChildSa.of(desired.children().get(1), desired, kernel.snapshot()));
        assertThat(table.rows().get(5).note()).endsWith("Shared with net/a between the same gateways.");
        assertThat(table.rows().get(5).state()).isPresent();
        assertThat(table.rows().get(4).note()).doesNotContain("Shared");
    }

    @Test
    void withoutAStateThereIsNoNumber() {
        DesiredState desired = compile(child("a"));
        CounterTable table = CounterTable.of(ChildSa.of(desired.children().get(0), desired, Snapshot.EMPTY));
        assertThat(table.rows().get(0).counters()).isEmpty();
    }
}
