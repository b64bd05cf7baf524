package org.xfrmctl.manager.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.Place;

class LinkPlannerTest {
    private static final LogicalInterface RED = xfrm("red", 1, 1400, "10.9.0.1/30", "10.2.0.0/16", "10.3.0.0/16");
    private static final LogicalInterface BLUE = xfrm("blue", 2, 1300, "10.9.1.1/30", "10.4.0.0/16");

    private final MemoryLinks links = new MemoryLinks();

    private static LogicalInterface xfrm(String name, int ifId, int mtu, String address, String... routes) {
        return new LogicalInterface(
                name,
                new Place("", 1, 1, ""),
                new LogicalInterface.Kind.Xfrm(new IfId(ifId), Optional.empty()),
                OptionalInt.of(mtu),
                List.of(IpPrefix.parse(address)),
                Stream.of(routes).map(IpPrefix::parse).toList());
    }

    private static HeldLink foreign(String name) {
        return new HeldLink(name, Optional.empty(), "type dummy", HeldLink.Mark.NONE, true, 1500, List.of(), List.of());
    }

    private List<LinkChange> up(LogicalInterface... wanted) {
        return LinkPlanner.up(List.of(wanted), List.of(wanted), links.list());
    }

    @Test
    void makesALinkWithItsRoutesLast() {
        assertThat(up(RED))
                .extracting(LinkChange::toString)
                .containsExactly(
                        "link add red type xfrm if_id 0x1",
                        "link set red mtu 1400",
                        "address add 10.9.0.1/30 dev red",
                        "link set red up",
                        "route add 10.2.0.0/16 dev red",
                        "route add 10.3.0.0/16 dev red");
    }

    @Test
    void whatIsMadeNeedsNoChange() {
        LinkRun.apply(up(RED, BLUE), links);

        assertThat(up(RED, BLUE)).isEmpty();
        assertThat(LinkStatus.of(List.of(RED), links.list()))
                .extracting(LinkStatus::condition)
                .containsExactly(LinkStatus.Condition.UP, LinkStatus.Condition.UNDEFINED);
    }

    @Test
    void mendsInPlaceWhatDiffers() {
        LinkRun.apply(up(RED), links);

        List<LinkChange> changes = up(xfrm("red", 1, 1420, "10.9.0.5/30", "10.3.0.0/16", "10.5.0.0/16"));

        assertThat(changes)
                .extracting(LinkChange::toString)
                .containsExactly(
                        "link set red mtu 1420",
                        "address add 10.9.0.5/30 dev red",
                        "route add 10.5.0.0/16 dev red",
                        "route delete 10.2.0.0/16 dev red",
                        "address delete 10.9.0.1/30 dev red");
    }

    @Test
    void aRouteThatMovesHasNoTimeWithoutAWay() {
        LogicalInterface red = xfrm("red", 1, 1400, "10.9.0.1/30", "10.3.0.0/16");
        LogicalInterface blue = xfrm("blue", 2, 1300, "10.9.1.1/30", "10.2.0.0/16", "10.4.0.0/16");
        LinkRun.apply(up(RED, BLUE), links);

        List<LinkChange> changes = up(red, blue);

        assertThat(changes).extracting(LinkChange::toString).containsExactly("route replace 10.2.0.0/16 dev blue");
        assertThat(LinkPlanner.up(List.of(red), List.of(red, blue), links.list()))
                .as("of red alone")
                .isEmpty();
        LinkRun.apply(changes, links);
        assertThat(up(red, blue)).isEmpty();
    }

    @Test
    void refusesToDropAnAddressThatTakesRoutesAlong() {
        LinkRun.apply(up(RED), links);

        assertThatThrownBy(() -> up(xfrm("red", 1, 1400, "10.9.0.2/30", "10.2.0.0/16")))
                .isInstanceOf(PlanConflictException.class)
                .hasMessageContaining("red is to lose the address 10.9.0.1/30")
                .hasMessageContaining("\"xfrmctl interface down red\", then \"up\"");
        assertThatThrownBy(() -> up(xfrm("red", 1, 1400, "fd00::1/64", "10.2.0.0/16")))
                .as("the last one")
                .hasMessageContaining("red is to lose the address 10.9.0.1/30");
    }

    @Test
    void linkLocalAddressesAreGivenOnceAndNeverTaken() {
        LogicalInterface local = xfrm("red", 1, 1400, "fe80::1/64", "fd00::/64");
        LinkRun.apply(up(local), links);
        links.addAddress("red", new HeldAddress(IpPrefix.parse("fe80::2/64"), false));

        assertThat(up(local)).isEmpty();
        assertThat(LinkStatus.of(List.of(local), links.list()).get(0).addresses())
                .containsExactly(IpPrefix.parse("fe80::1/64"));
    }

    private static HeldLink unmarked(LogicalInterface like, HeldLink.Mark mark, boolean up) {
        return new HeldLink(
                like.name(), Optional.of(like.kind()), like.kind().toString(), mark, up, 1500, List.of(), List.of());
    }

    @Test
    void aLinkThatWasMadeAndNotMarkedIsTakenOver() {
        links.put(unmarked(RED, HeldLink.Mark.NONE, false));

        List<LinkChange> changes = up(RED);

        assertThat(changes)
                .extracting(LinkChange::toString)
                .startsWith("link set red alias xfrmctl", "link set red mtu 1400");
        LinkRun.apply(changes, links);
        assertThat(up(RED)).isEmpty();
    }

    @Test
    void whatIsUpOrMarkedByOthersOrAnotherIsNotTakenOver() {
        for (HeldLink theirs : List.of(
                unmarked(RED, HeldLink.Mark.NONE, true),
                unmarked(RED, HeldLink.Mark.OTHERS, false),
                unmarked(xfrm("red", 9, 1400, "10.9.0.1/30"), HeldLink.Mark.NONE, false))) {
            links.put(theirs);
            assertThatThrownBy(() -> up(RED)).as(theirs.toString()).hasMessageContaining("red (type xfrm if_id 0x");
        }
    }

    @Test
    void addressesOfOthersStayAndAreTold() {
        LinkRun.apply(up(RED), links);
        links.addAddress("red", new HeldAddress(IpPrefix.parse("198.51.100.7/32"), false));

        assertThat(up(RED)).isEmpty();
        LinkStatus status = LinkStatus.of(List.of(RED), links.list()).get(0);
        assertThat(status.condition()).isEqualTo(LinkStatus.Condition.UP);
        assertThat(status.notes()).containsExactly("address 198.51.100.7/32 is not known to be of xfrmctl, and stays");
    }

    /** The kernel would take it along, for it is a secondary one. */
    @Test
    void anAddressOfOthersHoldsTheFirstOfItsNetwork() {
        LinkRun.apply(up(RED), links);
        links.addAddress("red", new HeldAddress(IpPrefix.parse("10.9.0.2/30"), false));

        assertThatThrownBy(() -> up(xfrm("red", 1, 1400, "10.9.0.5/30", "10.2.0.0/16", "10.3.0.0/16")))
                .isInstanceOf(PlanConflictException.class)
                .hasMessageContaining("red is to lose the address 10.9.0.1/30");
    }

    @Test
    void tellsWhatCannotBeChangedInPlace() {
        LinkRun.apply(up(RED), links);

        assertThatThrownBy(() -> up(xfrm("red", 9, 1400, "10.9.0.1/30")))
                .isInstanceOf(PlanConflictException.class)
                .hasMessage(
                        "red was made with type xfrm if_id 0x1, now it is defined with type xfrm if_id 0x9, which the"
                                + " kernel does not change in place: run \"xfrmctl interface down red\", then \"up\"");
    }

    @Test
    void leavesWhatIsOfOthers() {
        links.put(foreign("red"));
        links.put(new HeldLink(
                "theirs",
                Optional.of(new LogicalInterface.Kind.Xfrm(new IfId(2), Optional.empty())),
                "type xfrm if_id 0x2",
                HeldLink.Mark.NONE,
                true,
                1500,
                List.of(),
                List.of()));

        assertThatThrownBy(() -> up(RED, BLUE))
                .isInstanceOf(PlanConflictException.class)
                .hasMessageContaining("red (type dummy) was not made by xfrmctl and is left alone")
                .hasMessageContaining("if_id 0x2 of blue is that of theirs");
        assertThatThrownBy(() -> LinkPlanner.down(List.of("red"), links.list()))
                .hasMessageContaining("red (type dummy) was not made by xfrmctl");
        assertThat(LinkStatus.of(List.of(RED), links.list()).get(0).condition())
                .isEqualTo(LinkStatus.Condition.REFUSED);
    }

    @Test
    void aRunThatIsRefusedAnywhereLeavesWhatWasThere() {
        LinkRun.apply(up(BLUE), links);
        refuseEverywhere(up(RED, xfrm("blue", 2, 1280, "10.9.1.5/30", "10.6.0.0/16")));
        LinkRun.apply(up(RED), links);
        refuseEverywhere(LinkPlanner.down(List.of("blue", "red"), links.list()));
    }

    private void refuseEverywhere(List<LinkChange> changes) {
        Set<HeldLink> before = unordered(links.list());
        for (int point = 0; point < changes.size(); point++) {
            links.refuseAfter(point);
            assertThatThrownBy(() -> LinkRun.apply(changes, links))
                    .as("refused after " + point)
                    .isInstanceOfSatisfying(
                            LinkRunException.class, e -> assertThat(e.remains()).isEmpty());
            assertThat(unordered(links.list())).as("refused after " + point).isEqualTo(before);
        }
        LinkRun.apply(changes, links).undo();
        assertThat(unordered(links.list())).as("undone").isEqualTo(before);
    }

    /** The order of addresses and routes says nothing. */
    private static Set<HeldLink> unordered(Collection<HeldLink> links) {
        return links.stream()
                .map(link -> new HeldLink(
                        link.name(),
                        link.kind(),
                        link.description(),
                        link.mark(),
                        link.isUp(),
                        link.mtu(),
                        sorted(link.addresses()),
                        sorted(link.routes())))
                .collect(Collectors.toSet());
    }

    private static <T> List<T> sorted(List<T> these) {
        return these.stream().sorted(Comparator.comparing(Object::toString)).toList();
    }
}
