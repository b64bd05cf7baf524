package org.xfrmctl.manager.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
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

    private final MemoryLinks links = new MemoryLinks();
    private final List<String> seen = new ArrayList<>();

    private static LogicalInterface of(String name, LogicalInterface.Kind kind) {
        return new LogicalInterface(name, new Place("", 1, 1, ""), kind, OptionalInt.empty(), List.of(), List.of());
    }

    private void look() {
        links.list().forEach(link -> seen.add(link.name()));
    }

    @Test
    void whatDropsComesBeforeTheChildrenAndWhatSendsInClearBehindThem() {
        ChildInterfaces.around(BOTH, links, this::look, change -> {});

        assertThat(seen).containsExactly("ipsec0");
        assertThat(links.list()).extracting(HeldLink::name).containsExactly("ipsec0", "gre1");
    }

    @Test
    void childrenThatCannotComeUpLeaveNoInterface() {
        IllegalStateException refused = new IllegalStateException("refused");

        assertThatThrownBy(() -> ChildInterfaces.around(
                        BOTH,
                        links,
                        () -> {
                            throw refused;
                        },
                        change -> {}))
                .isSameAs(refused);
        assertThat(links.list()).isEmpty();
    }

    @Test
    void whatIsInTheWayOfTheLastIsToldBeforeTheFirst() {
        links.put(new HeldLink("gre1", Optional.empty(), "type dummy", false, true, 1500, List.of(), List.of()));

        assertThatThrownBy(() -> ChildInterfaces.around(BOTH, links, this::look, change -> {}))
                .isInstanceOf(PlanConflictException.class);
        assertThat(seen).isEmpty();
        assertThat(links.list()).hasSize(1);
    }
}
