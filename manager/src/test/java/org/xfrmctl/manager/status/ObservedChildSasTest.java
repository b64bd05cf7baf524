package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;

/** What was found is what was defined, though only the kernel is looked at. */
class ObservedChildSasTest {
    private final FakeTables kernel = new FakeTables();
    private final DesiredState desired =
            compile(child("a").ipcomp(), child("b").spi(0x2000).key("b").traffic("10.3.0.0/16", "10.4.0.0/16"));

    private Snapshot up() {
        Plans.up(desired, kernel.snapshot()).changes().forEach(kernel::make);
        return kernel.snapshot();
    }

    private static List<String> labels(ChildSa child) {
        return CounterTable.of(child).rows().stream()
                .map(CounterTable.Row::label)
                .toList();
    }

    private Set<IpAddress> own() {
        return Set.of(desired.children().get(0).outbound().get(0).source());
    }

    @Test
    void nothingIsFoundInAnEmptyKernel() {
        assertThat(ObservedChildSas.of(Snapshot.EMPTY, Set.of())).isEmpty();
    }

    @Test
    void policiesTellTheDirections() {
        Snapshot snapshot = up();

        List<ChildSa> found = ObservedChildSas.of(snapshot, Set.of());

        List<ChildSa> defined = desired.children().stream()
                .map(child -> ChildSa.of(child, desired, snapshot))
                .toList();
        assertThat(found)
                .extracting(ChildSa::members)
                .containsExactlyInAnyOrderElementsOf(
                        defined.stream().map(ChildSa::members).toList());
    }

    @Test
    void addressesTellTheDirectionsWithoutPolicies() {
        Snapshot states = new Snapshot(up().states(), List.of());

        assertThat(ObservedChildSas.of(states, own()))
                .extracting(ObservedChildSasTest::labels)
                .containsExactlyInAnyOrder(
                        List.of("IPComp out", "IPIP out", "ESP out", "ESP in", "IPComp in", "IPIP in"),
                        List.of("ESP out", "ESP in"));
    }

    @Test
    void aStateThatSaysItsDirectionIsBelieved() {
        XfrmState state = desired.children().get(1).outbound().get(0).toBuilder()
                .options(desired.children()
                        .get(1)
                        .outbound()
                        .get(0)
                        .options()
                        .withPlacement(new Placement(
                                Optional.of(SaDirection.IN), java.util.OptionalInt.empty(), Optional.empty())))
                .build();

        assertThat(labels(ObservedChildSas.of(new Snapshot(List.of(state), List.of()), own())
                        .get(0)))
                .containsExactly("ESP in");
    }

    @Test
    void gatewaysAndReqidAreTheName() {
        DesiredChild child = desired.children().get(1);

        assertThat(ObservedChildSas.of(up(), own()))
                .extracting(ChildSa::name)
                .contains(child.outbound().get(0).source() + " - "
                        + child.outbound().get(0).id().destination() + ", reqid " + child.reqid());
    }

    @Test
    void newKeysStandBesideTheOldOnes() {
        XfrmState old = desired.children().get(1).outbound().get(0);
        Snapshot snapshot = up();
        XfrmState next = XfrmState.builder(
                        new org.xfrmctl.model.SaId(
                                old.id().destination(),
                                new org.xfrmctl.model.Spi(0x9999),
                                old.id().protocol()),
                        old.source())
                .mode(old.mode())
                .reqid(old.reqid())
                .build();
        List<XfrmState> states = new java.util.ArrayList<>(List.of(next));
        states.addAll(snapshot.states());

        assertThat(ObservedChildSas.of(new Snapshot(states, snapshot.policies()), Set.of()))
                .extracting(ObservedChildSasTest::labels)
                .contains(List.of("ESP out", "ESP out", "ESP in"));
    }

    @Test
    void whoSharesTheCompanionIsNamed() {
        DesiredState two = compile(
                child("a").ipcomp(), child("b").ipcomp().spi(0x2000).key("b").traffic("10.3.0.0/16", "10.4.0.0/16"));
        Plans.up(two, kernel.snapshot()).changes().forEach(kernel::make);

        List<ChildSa> found = ObservedChildSas.of(kernel.snapshot(), own());

        assertThat(found).hasSize(2);
        assertThat(found.get(0).sharing()).containsExactly(found.get(1).name());
        assertThat(labels(found.get(1))).hasSize(6);
    }

    @Test
    void aPolicyJoinsWhatHasAReqidForEachTemplate() {
        Snapshot snapshot = up();
        Reqid compressed = desired.children().get(0).reqid();
        Reqid encrypted = new Reqid(compressed.bits() + 0x4000);
        Snapshot libreswan = new Snapshot(
                snapshot.states().stream()
                        .map(state -> isEsp(state.id(), state.reqid(), compressed)
                                ? state.toBuilder().reqid(encrypted).build()
                                : state)
                        .toList(),
                snapshot.policies().stream()
                        .map(policy -> policy.toBuilder()
                                .templates(policy.templates().stream()
                                        .map(template -> isEsp(template.id(), template.reqid(), compressed)
                                                ? Template.transport(
                                                        Family.INET, IpProtocol.ESP, encrypted, template.level())
                                                : template)
                                        .toList())
                                .build())
                        .toList());

        assertThat(ObservedChildSas.of(libreswan, own()))
                .filteredOn(ChildSa::compresses)
                .singleElement()
                .satisfies(child -> assertThat(labels(child))
                        .containsExactly("IPComp out", "IPIP out", "ESP out", "ESP in", "IPComp in", "IPIP in"))
                .satisfies(child -> assertThat(child.name()).endsWith("reqid " + compressed + " and " + encrypted));
    }

    private static boolean isEsp(SaId id, Reqid reqid, Reqid wanted) {
        return id.protocol().equals(IpProtocol.ESP) && reqid.equals(wanted);
    }

    @Test
    void statesWithoutReqidAreOneGroup() {
        XfrmState out = desired.children().get(1).outbound().get(0).toBuilder()
                .reqid(Reqid.NONE)
                .build();

        assertThat(ObservedChildSas.of(new Snapshot(List.of(out), List.of()), own())
                        .get(0)
                        .name())
                .isEqualTo(out.source() + " - " + out.id().destination());
    }
}
