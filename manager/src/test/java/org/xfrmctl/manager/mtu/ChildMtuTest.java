package org.xfrmctl.manager.mtu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.ts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.Place;

class ChildMtuTest {
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
                .satisfies(flow -> assertThat(flow.mss()).hasValue(1398));
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
        assertThat(mtu.flows().get(0).bound().map(FlowMtu.Bound::name)).contains("route of 10.2.0.1");
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
        HeaderOptions free = new HeaderOptions(HeaderOptions.CopyDf.NO, plain.copyEcn(), plain.copyDscp());

        assertThat(MtuNotes.notes(of(child("a").headers(free), Ways.given(1500))))
                .anyMatch(note -> note.startsWith("copy_df: no: "));
        assertThat(MtuNotes.notes(of(child("a"), Ways.given(1500)))).noneMatch(note -> note.startsWith("copy_df"));
    }

    private static ChildBuilder everywhereBy(int ifId) {
        Marks marks =
                new Marks(Mark.NONE, Mark.NONE, Optional.empty(), Optional.empty(), new IfId(ifId), new IfId(ifId));
        return child("a").traffic("0.0.0.0/0", "0.0.0.0/0").marks(marks);
    }

    @Test
    void anInterfaceBoundsWhatIsRoutedThere() {
        WrittenWays ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1", 1500, Way.Origin.LINK)
                .through(1, "red", 1300);

        ChildMtu mtu = of(everywhereBy(1), ways);
        assertThat(mtu.mtu()).isEqualTo(1300);
        assertThat(mtu.flows().get(0).bound()).hasValueSatisfying(bound -> {
            assertThat(bound.name()).isEqualTo("the child's interface");
            assertThat(bound.way()).hasToString("interface red");
        });
        assertThat(of(everywhereBy(2), ways).mtu()).isEqualTo(1446);
    }

    /** The route by another link is not the one that the child's packets take. */
    @ParameterizedTest
    @CsvSource({"eth0, 1300", "red, 1200"})
    void aRouteCountsIfItGoesThere(String link, int mtu) {
        Ways ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1", 1500, Way.Origin.LINK)
                .with("203.0.113.1", link, 1200, Way.Origin.ROUTE)
                .through(1, "red", 1300);

        assertThat(of(everywhereBy(1), ways).mtu()).isEqualTo(mtu);
    }

    @Test
    void aDefinedInterfaceCountsBeforeItIsThere() {
        LogicalInterface red = new LogicalInterface(
                "red",
                new Place("x.yaml", 1, 1, "interfaces"),
                new LogicalInterface.Kind.Xfrm(new IfId(1), Optional.empty()),
                OptionalInt.of(1300),
                List.of(),
                List.of());

        assertThat(of(everywhereBy(1), Ways.given(1500, List.of(red))).mtu()).isEqualTo(1300);
        assertThat(of(everywhereBy(1), Ways.given(9000, List.of(red))).mtu()).isEqualTo(1300);
        assertThat(of(everywhereBy(1), Ways.given(1300, List.of(red))).mtu()).isEqualTo(1246);
    }

    @Test
    void whatGoesEverywhereTakesTheRouteOfWhatHasNone() {
        Ways ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1", 1500, Way.Origin.LINK)
                .with("203.0.113.1", 1400, Way.Origin.ROUTE);

        assertThat(of(child("a").traffic("10.1.0.0/16", "0.0.0.0/0"), ways).mtu())
                .isEqualTo(1400);
    }

    /** Rules look at the source, too. */
    @Test
    void theRouteInClearIsThatOfTheSocketsAddress() {
        Ways ways = new WrittenWays()
                .own("127.0.0.1", "192.0.2.1", "10.1.0.7")
                .with("192.0.2.2 from 192.0.2.1", 1500, Way.Origin.LINK)
                .with("10.2.0.1 from 10.1.0.7", 1400, Way.Origin.ROUTE);

        assertThat(of(child("a"), ways).mtu()).isEqualTo(1400);
    }

    @Test
    void whatHasNoRouteInClearIsTold() {
        Ways ways = new WrittenWays()
                .with("192.0.2.2 from 192.0.2.1", 1500, Way.Origin.LINK)
                .without("10.2.0.1")
                .without("203.0.113.1");

        assertThat(MtuNotes.warnings(of(child("a"), ways)))
                .containsExactly("no route in clear to 10.2.0.1: nothing is sent there");
        assertThat(MtuNotes.warnings(of(child("a").traffic("10.1.0.0/16", "0.0.0.0/0"), ways)))
                .isEmpty();
    }

    /** TCP in what a gre or ipip interface has wrapped has two headers more in front of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | 1426 | TCP options come out of the MSS
            6   | 1426 | TCP options come out of the MSS
            17  |      |
            47  |      | This is the longest packet with its GRE header: the gre interface's MTU is 24 less
            4   |      | This is the longest packet with its outer IP header: the ipip interface's MTU is 20 less
            """)
    void anMssIsThatOfTcpBehindTheFirstHeader(int protocol, Integer mss, String note) {
        IpProtocol proto = new IpProtocol(protocol);
        ChildMtu mtu = of(
                child("a")
                        .transport()
                        .traffic(
                                List.of(ts("192.0.2.1", proto, PortMatch.ANY)),
                                List.of(ts("192.0.2.2", proto, PortMatch.ANY))),
                Ways.given(1500));

        assertThat(mtu.mtu()).isEqualTo(1466);
        assertThat(mtu.flows().get(0).mss()).isEqualTo(mss == null ? OptionalInt.empty() : OptionalInt.of(mss));
        assertThat(MtuNotes.notes(mtu).stream().skip(1))
                .satisfies(notes -> assertThat(notes).hasSize(note == null ? 0 : 1))
                .allMatch(each -> each.startsWith(String.valueOf(note)));
    }
}
