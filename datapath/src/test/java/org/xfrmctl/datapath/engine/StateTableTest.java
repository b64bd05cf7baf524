package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.state;
import static org.xfrmctl.datapath.engine.Samples.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;

/** Lookup, update and implied companions in the SAD, as on Linux 6.1. */
class StateTableTest {
    private static final String A = "192.168.0.100";
    private static final String B = "192.168.0.1";

    private final HandClock clock = new HandClock();
    private final XfrmNamespace namespace = new XfrmNamespace(clock, new Random(7));
    private final StateTable states = namespace.states();

    /** In 6.1 the if_id does not tell larval states apart, but the mark does, for a state with their number too. */
    @Test
    void aStateCompletesTheLarvalOneOfItsMark() {
        XfrmState.Builder wanted =
                state(A, B, IpProtocol.ESP, 0).mark(new Mark(1, 1)).seq(9);
        states.insertLarval(wanted.build());
        states.insert(plain(0x300).seq(9).build());
        assertThat(states.size()).isEqualTo(2);
        states.insert(plain(0x301).seq(9).mark(new Mark(1, 1)).build());
        assertThat(states.list())
                .extracting(association -> association.id().spi().bits())
                .containsExactly(0x301, 0x300);
        states.insertLarval(state(A, B, IpProtocol.ESP, 0).ifId(new IfId(3)).build());
        states.insert(plain(0x302).build());
        assertThat(states.list())
                .extracting(association -> association.id().spi().bits())
                .containsExactly(0x302, 0x301, 0x300);
    }

    private static XfrmState.Builder plain(int spi) {
        return esp(A, B, spi, Mode.TRANSPORT);
    }

    /** Marks as value/mask, comma separated. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0/0 | 5/255 | EXISTS", "5/255 | 0/0 | DONE", "5/255,0/0 | 6/255 | EXISTS", "5/255 | 6/255 | DONE"
            })
    void existingStatesAreFoundByTheValueOfTheNewMark(String present, String fresh, Outcome outcome) {
        for (String mark : present.split(",", -1)) {
            states.insert(plain(1).mark(mark(mark)).build());
        }
        assertThat(states.insert(plain(1).mark(mark(fresh)).build()).outcome()).isEqualTo(outcome);
    }

    private static Mark mark(String text) {
        String[] parts = text.strip().split("/", -1);
        return new Mark(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Test
    void neitherSourceNorReqidNorInterfaceTellsTwoStatesApart() {
        states.insert(plain(1).build());
        assertThat(states.insert(plain(1).ifId(new IfId(3)).build()).outcome()).isEqualTo(Outcome.EXISTS);
        assertThat(states.insert(esp("10.9.9.9", B, 1, Mode.TUNNEL)
                                .reqid(new Reqid(9))
                                .build())
                        .outcome())
                .isEqualTo(Outcome.EXISTS);
        assertThat(states.insert(esp(A, "192.168.0.2", 1, Mode.TUNNEL).build()).outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void listsTheNewestFirst() {
        for (int spi = 1; spi <= 3; spi++) {
            states.insert(plain(spi).build());
        }
        assertThat(states.list()).extracting(found -> found.id().spi().bits()).containsExactly(3, 2, 1);
    }

    @Test
    void impliedStateIsSharedAndGoesWithItsLastUser() {
        StateFlags flags = StateFlags.NONE.with(StateFlag.NOECN);
        states.insert(comp(A, B, 0x100, Mode.TUNNEL).flags(flags).build());
        states.insert(comp(A, B, 0x101, Mode.TUNNEL).reqid(new Reqid(2)).build());
        assertThat(states.list())
                .extracting(found -> found.id().protocol().number())
                .containsExactly(108, 108, 4);
        SecurityAssociation implied = states.list().get(2);
        assertThat(implied.id().spi()).isEqualTo(new Spi(0xc0a80064));
        assertThat(implied.definition().reqid()).isEqualTo(Reqid.NONE);
        assertThat(implied.definition().flags()).isEqualTo(flags);
        assertThat(states.remove(implied)).isEqualTo(Outcome.IN_USE);
        assertThat(states.flush(IpProtocol.IPIP)).isZero();
        assertThat(remove(0x100)).isEqualTo(Outcome.DONE);
        assertThat(states.list()).contains(implied);
        assertThat(remove(0x101)).isEqualTo(Outcome.DONE);
        assertThat(states.list()).isEmpty();
    }

    private Outcome remove(int cpi) {
        return states.remove(
                states.find(new SaId(ip(B), new Spi(cpi), IpProtocol.COMP), 0).orElseThrow());
    }

    @Test
    void markedStatesGetAnImpliedOneOfTheirOwnIfTheyComeFirst() {
        states.insert(comp(A, B, 0x100, Mode.TUNNEL).mark(new Mark(3, 255)).build());
        states.insert(comp(A, B, 0x101, Mode.TUNNEL).build());
        assertThat(states.list()).filteredOn(SecurityAssociation::isImplied).hasSize(2);
    }

    @Test
    void onIpv6EverySourceHasANumberAndFlagsAreNotCopied() {
        StateFlags flags = StateFlags.NONE.with(StateFlag.NOECN);
        states.insert(
                comp("fec0::100", "fec0::1", 0x100, Mode.TUNNEL).flags(flags).build());
        states.insert(comp("fec0::100", "fec0::2", 0x101, Mode.TUNNEL).build());
        states.insert(comp("fec0::1", "fec0::100", 0x102, Mode.TUNNEL).build());
        List<SecurityAssociation> implied =
                states.list().stream().filter(SecurityAssociation::isImplied).toList();
        assertThat(implied).extracting(found -> found.id().spi().bits()).containsExactly(2, 1, 1);
        assertThat(implied).allMatch(found -> found.definition().flags().equals(StateFlags.NONE));
        states.flush(IpProtocol.ANY);
        states.insert(comp("fec0::9", "fec0::1", 0x100, Mode.TUNNEL).build());
        assertThat(states.list().get(1).id().spi().bits()).isEqualTo(3);
    }

    @Test
    void refusedCompressionStateLeavesNoTrace() {
        states.insert(comp(A, B, 0x100, Mode.TRANSPORT).build());
        assertThat(states.insert(comp(A, B, 0x100, Mode.TUNNEL).build()).outcome())
                .isEqualTo(Outcome.EXISTS);
        assertThat(states.list()).hasSize(1);
    }

    @Test
    void updateChangesLimitsAndLittleElse() {
        XfrmState old = plain(1).build();
        states.insert(old);
        LifetimeLimits limits = new LifetimeLimits(
                new LifetimeLimits.Limit(10, 20),
                LifetimeLimits.Limit.INFINITE,
                LifetimeLimits.Limit.NEVER,
                LifetimeLimits.Limit.NEVER);
        XfrmState request = plain(1).reqid(new Reqid(9))
                .algorithms(gcm(64))
                .limits(limits)
                .options(StateOptions.NONE.withOutputMark(Optional.of(new Mark(5, -1))))
                .build();
        XfrmState after = states.update(request).association().orElseThrow().definition();
        assertThat(after.limits()).isEqualTo(limits);
        assertThat(after.options().outputMark()).contains(new Mark(5, -1));
        assertThat(after.reqid()).isEqualTo(old.reqid());
        assertThat(after.algorithms()).isEqualTo(old.algorithms());
        assertThat(states.update(plain(2).build()).outcome()).isEqualTo(Outcome.NOT_FOUND);
    }

    @Test
    void updateCompletesALarvalState() {
        XfrmState request = plain(0).seq(5).build();
        SecurityAssociation larval =
                states.allocateSpi(request, 0x300, 0x300).association().orElseThrow();
        assertThat(larval.phase()).isEqualTo(SecurityAssociation.Phase.LARVAL);
        assertThat(states.insert(plain(0x300).build()).outcome()).isEqualTo(Outcome.EXISTS);
        SecurityAssociation full =
                states.update(plain(0x300).build()).association().orElseThrow();
        assertThat(states.list()).containsExactly(full);
        assertThat(full.isValid()).isTrue();
    }

    /** Another source is no excuse, another destination is: fixture result-netlink-errno-sa.txt. */
    @Test
    void allocationAvoidsSpisInUseAtTheDestination() {
        states.insert(esp("10.0.0.1", B, 0x301, Mode.TUNNEL).build());
        assertThat(states.allocateSpi(plain(0).build(), 0x301, 0x301).outcome()).isEqualTo(Outcome.NOT_FOUND);
        // The larval state without SPI stays and is the one that the next request completes.
        assertThat(states.size()).isEqualTo(2);
        states.insert(esp(A, "10.0.0.1", 0x302, Mode.TUNNEL).build());
        assertThat(states.allocateSpi(plain(0).build(), 0x302, 0x302).outcome()).isEqualTo(Outcome.DONE);
        assertThat(states.size()).isEqualTo(3);
    }

    @Test
    void outboundTheYoungestIsChosenAndADyingOneOnlyInNeed() {
        states.insert(plain(1).build());
        states.insert(plain(2).build());
        assertThat(selected()).isEqualTo(2);
        clock.advance(1);
        states.insert(plain(3).build());
        assertThat(selected()).isEqualTo(3);
        states.list().get(0).dying(true);
        assertThat(selected()).isEqualTo(2);
    }

    @Test
    void outboundReqidAndMarkOfThePolicyMustFit() {
        states.insert(plain(1).reqid(Reqid.NONE).build());
        states.insert(plain(2).mark(new Mark(7, 255)).build());
        assertThat(select(0)).isInstanceOf(Selection.Missing.class);
        assertThat(select(7)).isInstanceOf(Selection.Found.class);
        states.insertLarval(plain(0).build());
        assertThat(select(0)).isInstanceOf(Selection.Pending.class);
    }

    private int selected() {
        List<Integer> spis = new ArrayList<>();
        if (select(0) instanceof Selection.Found found) {
            spis.add(found.association().id().spi().bits());
        }
        return spis.get(0);
    }

    private Selection select(int mark) {
        FlowKey flow = FlowKey.of(new Flow(ip(A), ip(B), 17, 1, 2), 0);
        return states.select(
                new StateQuery(transport(A, IpProtocol.ESP, Level.REQUIRED), ip(A), ip(B), mark, IfId.NONE, flow));
    }
}
