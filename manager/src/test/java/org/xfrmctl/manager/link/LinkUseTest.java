package org.xfrmctl.manager.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.LogicalInterface;

class LinkUseTest {
    private static final LogicalInterface.Kind GRE = new LogicalInterface.Kind.Tunnel(
            LogicalInterface.Wrapping.GRE,
            IpAddress.parse("192.0.2.1"),
            IpAddress.parse("192.0.2.2"),
            OptionalInt.empty(),
            64);
    private static final Snapshot NOTHING = new Snapshot(List.of(), List.of());

    private static Snapshot policy(String source, String destination) {
        Selector selector = Selector.between(IpPrefix.parse(source), IpPrefix.parse(destination));
        return new Snapshot(
                List.of(), List.of(XfrmPolicy.builder(selector, Direction.OUT).build()));
    }

    private static HeldLink gre(boolean ours, boolean up) {
        return new HeldLink(
                "gre1",
                Optional.of(GRE),
                GRE.toString(),
                ours ? HeldLink.Mark.OURS : HeldLink.Mark.NONE,
                up,
                1476,
                List.of(),
                List.of());
    }

    @Test
    void policiesBetweenItsEndsUseATunnel() {
        assertThat(LinkUse.of("gre1", GRE, policy("192.0.2.1", "192.0.2.2"))).isPresent();
        assertThat(LinkUse.of("gre1", GRE, policy("192.0.2.1", "192.0.2.3"))).isEmpty();
    }

    @Test
    void aTunnelThatIsUpAndHasLostItsPoliciesSendsInClear() {
        Snapshot before = policy("192.0.2.1", "192.0.2.2");

        assertThat(LinkUse.bared(List.of(gre(true, true)), before, NOTHING)).containsExactly("gre1");
        assertThat(LinkUse.bared(List.of(gre(true, true)), before, before)).isEmpty();
        assertThat(LinkUse.bared(List.of(gre(true, true)), NOTHING, NOTHING)).isEmpty();
        assertThat(LinkUse.bared(List.of(gre(true, false)), before, NOTHING)).isEmpty();
        assertThat(LinkUse.bared(List.of(gre(false, true)), before, NOTHING)).isEmpty();
    }
}
