package org.xfrmctl.manager.mtu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.ts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.netlink.route.RouteQuery;

class ChildMtuTest {
    private static final Way.Carrier ETH0 = new Way.Carrier("eth0", 1500);

    /** Ways by the queries for them, in their words. */
    private static final class WrittenWays implements Ways {
        private final Map<String, Way> ways = new HashMap<>();

        WrittenWays with(String query, int mtu, Way.Origin origin) {
            ways.put(query, new Way(mtu, origin, false, Optional.of(ETH0)));
            return this;
        }

        @Override
        public Way outer(RouteQuery query) {
            return inner(query).orElseThrow(() -> new AssertionError("nobody knows " + query));
        }

        @Override
        public Optional<Way> inner(RouteQuery query) {
            return Optional.ofNullable(ways.get(query.toString()));
        }
    }

    private static ChildMtu of(ChildBuilder child, Ways ways) {
        return ChildMtu.of(ChildBuilder.compile(child).children().get(0), ways);
    }

    @Test
    void theWayIsThatOfTheGateways() {
        Ways ways = new WrittenWays().with("192.0.2.2 from 192.0.2.1", 1492, Way.Origin.ROUTE);

        ChildMtu mtu = of(child("a"), ways);
        assertThat(mtu.mtu()).isEqualTo(1438);
        assertThat(mtu.flows())
                .singleElement()
                .satisfies(flow -> assertThat(flow.mss()).isEqualTo(1398));
        assertThat(MtuNotes.warnings(mtu))
                .containsExactly("the way to 192.0.2.2 takes 1492 bytes, less than the 1500 of eth0"
                        + " (mtu of the route, which goes by eth0)");
    }

    private static Marks marks(Optional<Mark> set) {
        return new Marks(Mark.NONE, new Mark(0x10, 0xff), Optional.empty(), set, IfId.NONE, IfId.NONE);
    }

    @Test
    void aTunnelThatSetsNoMarkGoesByNone() {
        Ways ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1", 1400, Way.Origin.LINK)
                .with("192.0.2.2 from 192.0.2.1 mark 0x10", 1300, Way.Origin.LINK);
        ChildBuilder marked = child("a").marks(marks(Optional.empty()));

        assertThat(of(marked, ways).way().mtu()).isEqualTo(1400);
        assertThat(of(marked.transport(), ways).way().mtu()).isEqualTo(1300);
    }

    @Test
    void aTunnelGoesByTheMarkThatItSets() {
        Marks marks = marks(Optional.of(new Mark(0x700, 0xf00)));
        Ways ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1 mark 0x710", 1400, Way.Origin.LINK)
                .with("10.2.0.1 mark 0x10", 1300, Way.Origin.ROUTE);

        ChildMtu mtu = of(child("a").marks(marks), ways);
        assertThat(mtu.way().mtu()).isEqualTo(1400);
        assertThat(mtu.mtu()).isEqualTo(1300);
    }

    @Test
    void theRouteInClearBoundsItsOwnFlowOnly() {
        Ways ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1", 1500, Way.Origin.LINK)
                .with("10.2.0.1", 1400, Way.Origin.ROUTE)
                .with("10.3.0.1", 9000, Way.Origin.LINK);

        ChildMtu mtu =
                of(child("a").traffic(List.of(ts("10.1.0.0/16")), List.of(ts("10.2.0.0/16"), ts("10.3.0.0/16"))), ways);
        assertThat(mtu.mtu()).isEqualTo(1400);
        assertThat(mtu.flows().stream().map(FlowMtu::mtu)).containsExactly(1400, 1446);
        assertThat(mtu.flows().get(0).bound().map(FlowMtu.Bound::destination)).contains("10.2.0.1");
        assertThat(mtu.flows().get(1).bound()).isEmpty();
    }

    @Test
    void transportModeAsksForThePeer() {
        Ways ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1", 1400, Way.Origin.LEARNT)
                .with("192.0.2.2", 1400, Way.Origin.LEARNT);

        assertThat(of(child("a").transport(), ways).mtu()).isEqualTo(1366);
    }

    @Test
    void withoutDfNothingIsLearnt() {
        HeaderOptions plain = HeaderOptions.DEFAULT;
        HeaderOptions free = new HeaderOptions(false, plain.copyEcn(), plain.copyDscp());

        assertThat(MtuNotes.notes(of(child("a").headers(free), Ways.given(1500))))
                .anyMatch(note -> note.startsWith("copy_df: no: "));
        assertThat(MtuNotes.notes(of(child("a"), Ways.given(1500)))).noneMatch(note -> note.startsWith("copy_df"));
    }
}
