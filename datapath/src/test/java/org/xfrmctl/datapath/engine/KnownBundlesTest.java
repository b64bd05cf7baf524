package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;

/** A flow that is known gets the same bundle again, until anything changes that would have given it another. */
class KnownBundlesTest {
    private static final String CAROL = "192.168.0.100";
    private static final String MOON = "192.168.0.1";

    private final HandClock clock = new HandClock();
    private final XfrmNamespace namespace = new XfrmNamespace(clock, new Random(7));
    private final OutputProcessor output = new OutputProcessor(namespace, () -> 1);
    private final FlowKey flow = FlowKey.of(new Flow(ip("10.3.0.9"), ip("10.1.0.9"), 17, 1, 2), 0);
    private int mtu = 1500;
    private SecurityAssociation first = insert(0x1001);

    private SecurityAssociation insert(int spi) {
        return namespace
                .states()
                .insert(esp(CAROL, MOON, spi, Mode.TUNNEL).build())
                .association()
                .orElseThrow();
    }

    private static XfrmPolicy.Builder out() {
        return policy(Direction.OUT, "10.3.0.0/16", "10.1.0.0/16")
                .templates(List.of(tunnel(CAROL, MOON, IpProtocol.ESP, Level.REQUIRED)));
    }

    @BeforeEach
    void policies() {
        namespace.policies().insert(out().build());
    }

    private Decision decide() {
        return output.lookup(flow, to -> Optional.of(new Routing.Path(mtu, ip(CAROL), 1)));
    }

    private Bundle bundle() {
        return ((Decision.Protect) decide()).bundle();
    }

    private SecurityAssociation chosen() {
        return bundle().steps().get(0).association();
    }

    @Test
    void theSameBundleServesUntilARouteChanges() {
        Bundle known = bundle();
        assertThat(bundle()).isSameAs(known);
        mtu = 1400;
        assertThat(bundle().mtu()).isEqualTo(known.mtu() - 100);
        mtu = 1500;
        assertThat(bundle()).isEqualTo(known);
    }

    @Test
    void aYoungerStateTakesTheFlowAndALaterOneTakesItBack() {
        assertThat(chosen()).isSameAs(first);
        clock.advance(1);
        SecurityAssociation second = insert(0x1002);
        assertThat(chosen()).isSameAs(second);
        LifetimeCurrent now = first.current();
        first.current(new LifetimeCurrent(now.bytes(), now.packets(), now.addTime() + 2, now.useTime()));
        assertThat(chosen()).isSameAs(first);
        namespace.states().remove(first);
        assertThat(chosen()).isSameAs(second);
        namespace.states().remove(second);
        assertThat(decide()).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void aStateThatIsDyingGivesTheFlowAway() {
        SecurityAssociation second = insert(0x1002);
        assertThat(chosen()).isSameAs(second);
        second.dying(true);
        assertThat(chosen()).isSameAs(first);
    }

    @Test
    void timeEndsWhatIsKnown() {
        namespace.states().remove(first);
        LifetimeLimits.Limit minute = new LifetimeLimits.Limit(0, 60);
        LifetimeLimits.Limit none = LifetimeLimits.Limit.INFINITE;
        LifetimeLimits limits = new LifetimeLimits(none, none, minute, LifetimeLimits.Limit.NEVER);
        namespace
                .states()
                .insert(esp(CAROL, MOON, 0x1003, Mode.TUNNEL).limits(limits).build());
        assertThat(decide()).isInstanceOf(Decision.Protect.class);
        clock.advance(61);
        assertThat(decide()).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void anotherPolicyDecides() {
        assertThat(decide()).isInstanceOf(Decision.Protect.class);
        namespace.policies().update(out().action(PolicyAction.BLOCK).build());
        assertThat(decide()).isInstanceOf(Decision.Refuse.class);
        namespace.policies().flush(PolicyType.MAIN);
        assertThat(decide()).isInstanceOf(Decision.Clear.class);
    }

    @Test
    void useIsNotedAlsoWhenNothingIsLookedUp() {
        decide();
        clock.advance(5);
        decide();
        PolicyEntry entry = namespace.policies().match(Direction.OUT, flow).orElseThrow();
        assertThat(entry.snapshot().current().useTime()).isEqualTo(namespace.seconds());
    }

    /** What is missing is asked for again each time, so it is not remembered that it was not there. */
    @Test
    void aMissingOptionalStateIsFoundOnceItIsThere() {
        namespace
                .policies()
                .update(out().templates(List.of(
                                tunnel(CAROL, MOON, IpProtocol.COMP, Level.USE),
                                tunnel(CAROL, MOON, IpProtocol.ESP, Level.REQUIRED)))
                        .build());
        assertThat(bundle().steps()).hasSize(1);
        namespace.states().insert(Samples.comp(CAROL, MOON, 0x1234, Mode.TUNNEL).build());
        assertThat(bundle().steps()).hasSize(2);
    }
}
