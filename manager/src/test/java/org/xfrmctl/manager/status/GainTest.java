package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;

/** One small packet and one large, as in the compress example. */
class GainTest {
    private static final LifetimeCurrent BOTH = new LifetimeCurrent(475, 2, 0, 0);
    private static final LifetimeCurrent OUT = new LifetimeCurrent(8296, 2, 0, 0);

    /** By protocol; IPComp out counts both packets, IPComp in the large one alone. */
    private static List<Gain> gains(ChildBuilder child, Map<IpProtocol, LifetimeCurrent> in) {
        DesiredState desired = compile(child);
        FakeTables kernel = new FakeTables();
        Plans.up(desired, kernel.snapshot()).changes().forEach(kernel::make);
        Snapshot counted = new Snapshot(
                kernel.listStates().stream()
                        .map(state -> {
                            boolean out = state.source()
                                    .equals(desired.children()
                                            .get(0)
                                            .outbound()
                                            .get(0)
                                            .source());
                            IpProtocol protocol = state.id().protocol();
                            LifetimeCurrent current = out
                                    ? protocol.equals(IpProtocol.COMP)
                                            ? OUT
                                            : protocol.equals(IpProtocol.ESP) ? BOTH : LifetimeCurrent.NONE
                                    : in.getOrDefault(protocol, LifetimeCurrent.NONE);
                            return state.toBuilder().current(current).build();
                        })
                        .toList(),
                kernel.listPolicies());
        return CounterTable.of(ChildSa.of(desired.children().get(0), desired, counted))
                .gains();
    }

    private static final Map<IpProtocol, LifetimeCurrent> IN = Map.of(
            IpProtocol.ESP, BOTH,
            IpProtocol.COMP, new LifetimeCurrent(8212, 1, 0, 0),
            IpProtocol.IPIP, new LifetimeCurrent(84, 1, 0, 0));

    @Test
    void bothDirectionsCountTheSame() {
        assertThat(gains(child("a").ipcomp(), IN))
                .containsExactly(new Gain(Direction.OUT, 2, 8296, 475), new Gain(Direction.IN, 2, 8296, 475))
                .allSatisfy(gain -> assertThat(gain.percent()).isEqualTo(6));
    }

    @Test
    void nothingIsSaidWhereTheCountersAreNotOfTheSamePackets() {
        assertThat(gains(
                        child("a").ipcomp(),
                        Map.of(IpProtocol.ESP, BOTH, IpProtocol.COMP, BOTH, IpProtocol.IPIP, BOTH)))
                .extracting(Gain::direction)
                .containsExactly(Direction.OUT);
    }

    @Test
    void withoutCompressionThereIsNone() {
        assertThat(gains(child("a"), IN)).isEmpty();
    }

    @Test
    void inTransportModeNothingTellsWhatCameAsItWas() {
        assertThat(gains(child("a").ipcomp().transport(), IN))
                .extracting(Gain::direction)
                .containsExactly(Direction.OUT);
    }
}
