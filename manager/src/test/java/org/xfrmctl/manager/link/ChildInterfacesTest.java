package org.xfrmctl.manager.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.Place;

class ChildInterfacesTest {
    private static final List<LogicalInterface> BOTH = List.of(
            of(
                    "gre1",
                    new LogicalInterface.Kind.Tunnel(
                            LogicalInterface.Wrapping.GRE,
                            IpAddress.parse("192.0.2.1"),
                            IpAddress.parse("192.0.2.2"),
                            OptionalInt.empty(),
                            64)),
            of("ipsec0", new LogicalInterface.Kind.Xfrm(new IfId(42), Optional.empty())));

    private static final Snapshot NOTHING = new Snapshot(List.of(), List.of());

    private final MemoryLinks links = new MemoryLinks();
    private final List<String> seen = new ArrayList<>();

    private static LogicalInterface of(String name, LogicalInterface.Kind kind) {
        return new LogicalInterface(name, new Place("", 1, 1, ""), kind, OptionalInt.empty(), List.of(), List.of());
    }

    private void around(Snapshot left, Runnable children) {
        ChildInterfaces.around(BOTH, BOTH, links, () -> left, children, change -> {});
    }

    private void look() {
        links.list().forEach(link -> seen.add(link.name()));
    }

    @Test
    void whatDropsComesBeforeTheChildrenAndWhatSendsInClearBehindThem() {
        around(NOTHING, this::look);

        assertThat(seen).containsExactly("ipsec0");
        assertThat(links.list()).extracting(HeldLink::name).containsExactly("ipsec0", "gre1");
    }

    @Test
    void childrenThatCannotComeUpLeaveNoInterface() {
        IllegalStateException refused = new IllegalStateException("refused");

        assertThatThrownBy(() -> around(NOTHING, () -> {
                    throw refused;
                }))
                .isSameAs(refused);
        assertThat(links.list()).isEmpty();
    }

    @Test
    void whatIsLeftOfTheChildrenKeepsItsInterface() {
        XfrmPolicy block = XfrmPolicy.builder(
                        Selector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("10.2.0.0/16")), Direction.OUT)
                .ifId(new IfId(42))
                .build();

        assertThatThrownBy(() -> around(new Snapshot(List.of(), List.of(block)), () -> {
                    throw new IllegalStateException("written down it could not be");
                }))
                .hasMessage("written down it could not be");
        assertThat(links.list()).extracting(HeldLink::name).containsExactly("ipsec0");
    }

    @Test
    void whatIsRefusedBehindTheChildrenSaysThatTheyAreUp() {
        int changesOfIpsec0 = 2;
        links.refuseAfter(changesOfIpsec0);

        assertThatThrownBy(() -> around(NOTHING, this::look))
                .isInstanceOfSatisfying(
                        LinkRunException.class,
                        e -> assertThat(e.isBehindChildren()).isTrue());
        assertThat(seen).containsExactly("ipsec0");
        assertThat(links.list()).extracting(HeldLink::name).containsExactly("ipsec0");
    }

    @Test
    void nothingIsTakenAwayBeforeTheChildrenAreUp() {
        around(NOTHING, () -> {});
        links.addRoute("ipsec0", IpPrefix.parse("10.2.0.0/16"));
        List<IpPrefix> meanwhile = new ArrayList<>();

        around(NOTHING, () -> links.list().forEach(link -> meanwhile.addAll(link.routes())));

        assertThat(meanwhile).containsExactly(IpPrefix.parse("10.2.0.0/16"));
        assertThat(links.list()).allSatisfy(link -> assertThat(link.routes()).isEmpty());
    }

    @Test
    void whatIsInTheWayOfTheLastIsToldBeforeTheFirst() {
        links.put(new HeldLink(
                "gre1", Optional.empty(), "type dummy", HeldLink.Mark.NONE, true, 1500, List.of(), List.of()));

        assertThatThrownBy(() -> around(NOTHING, this::look)).isInstanceOf(PlanConflictException.class);
        assertThat(seen).isEmpty();
        assertThat(links.list()).hasSize(1);
    }
}
