package org.xfrmctl.manager.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.Stage;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PortMatch;
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

    private static XfrmPolicy.Builder between(String source, String destination, IpProtocol protocol) {
        Selector any = Selector.between(IpPrefix.parse(source), IpPrefix.parse(destination));
        return XfrmPolicy.builder(
                new Selector(any.source(), any.destination(), protocol, PortMatch.ANY, PortMatch.ANY, any.binding()),
                Direction.OUT);
    }

    private static XfrmPolicy block(String source, String destination, IpProtocol protocol) {
        return between(source, destination, protocol).action(PolicyAction.BLOCK).build();
    }

    private static boolean isUsed(XfrmPolicy policy) {
        return LinkUse.of("gre1", GRE, new Snapshot(List.of(), List.of(policy))).isPresent();
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
    void policiesBetweenItsEndsUseATunnelIfTheyAreAboutWhatItSends() {
        assertThat(isUsed(block("192.0.2.1", "192.0.2.2", IpProtocol.ANY))).isTrue();
        assertThat(isUsed(block("192.0.2.1", "192.0.2.2", IpProtocol.GRE))).isTrue();
        assertThat(isUsed(block("192.0.2.1", "192.0.2.2", IpProtocol.IPIP))).isFalse();
        assertThat(isUsed(block("192.0.2.1", "192.0.2.3", IpProtocol.ANY))).isFalse();
        assertThat(isUsed(between("192.0.2.1", "192.0.2.2", IpProtocol.ANY).build()))
                .as("one that lets pass what passes anyway")
                .isFalse();
    }

    private static List<String> bared(HeldLink link, List<XfrmPolicy> before, Change... changes) {
        return LinkUse.bared(List.of(link), new Snapshot(List.of(), before), new Plan(List.of(changes), List.of()));
    }

    @Test
    void aTunnelThatIsUpAndIsToLoseItsPoliciesWouldSendInClear() {
        XfrmPolicy own = block("192.0.2.1", "192.0.2.2", IpProtocol.GRE);
        Change gone = new Change.RemovePolicy(Stage.OLD_OUTBOUND_POLICIES, own);

        assertThat(bared(gre(true, true), List.of(own), gone)).containsExactly("gre1");
        assertThat(bared(gre(true, true), List.of(own), new Change.UpdatePolicy(Stage.BLOCK, own, own), gone))
                .as("a block first")
                .containsExactly("gre1");
        assertThat(bared(gre(true, true), List.of(own))).isEmpty();
        assertThat(bared(gre(true, true), List.of(), gone)).isEmpty();
        assertThat(bared(gre(true, false), List.of(own), gone)).isEmpty();
        assertThat(bared(gre(false, true), List.of(own), gone)).isEmpty();
        assertThat(bared(
                        gre(true, true),
                        List.of(own),
                        gone,
                        new Change.AddPolicy(Stage.BLOCK, block("192.0.2.0/24", "0.0.0.0/0", IpProtocol.ANY))))
                .as("stopped by a wider one")
                .isEmpty();
    }

    private static boolean isGuarded(XfrmPolicy... policies) {
        return LinkUse.isGuarded((LogicalInterface.Kind.Tunnel) GRE, List.of(policies));
    }

    @Test
    void whatLetsAnUnmarkedPacketPassLeavesATunnelUnguarded() {
        XfrmPolicy own = block("192.0.2.1", "192.0.2.2", IpProtocol.GRE).toBuilder()
                .priority(9)
                .build();
        XfrmPolicy.Builder pass = between("192.0.2.1", "192.0.2.2", IpProtocol.ANY);

        assertThat(isGuarded(own)).isTrue();
        assertThat(isGuarded(own, pass.mark(new Mark(0, 0xff)).build())).isFalse();
        assertThat(isGuarded(own, pass.mark(new Mark(1, 0xff)).build())).isTrue();
        assertThat(isGuarded(own, pass.mark(Mark.NONE).priority(9).build()))
                .as("of one priority the kernel takes the older")
                .isFalse();
        assertThat(isGuarded(pass.build(), own)).isFalse();
    }

    @Test
    void whatHoldsOnOneDeviceMayNotBeWhatATunnelMeets() {
        Selector gre = block("192.0.2.1", "192.0.2.2", IpProtocol.GRE).selector();
        Selector bound = new Selector(
                gre.source(),
                gre.destination(),
                gre.proto(),
                gre.sourcePort(),
                gre.destinationPort(),
                new Selector.Binding(7, 0));
        XfrmPolicy.Builder block = XfrmPolicy.builder(bound, Direction.OUT).action(PolicyAction.BLOCK);
        XfrmPolicy own = block("192.0.2.1", "192.0.2.2", IpProtocol.GRE).toBuilder()
                .priority(9)
                .build();

        assertThat(isGuarded(block.build())).isFalse();
        assertThat(isGuarded(block.build(), own)).isTrue();
        assertThat(isGuarded(XfrmPolicy.builder(bound, Direction.OUT).build(), own))
                .isFalse();
    }

    @Test
    void theFirstPolicyThatAPacketMeetsDecides() {
        XfrmPolicy own = block("192.0.2.1", "192.0.2.2", IpProtocol.GRE);
        XfrmPolicy wide = block("0.0.0.0/0", "0.0.0.0/0", IpProtocol.ANY);
        XfrmPolicy pass = between("192.0.2.1", "192.0.2.2", IpProtocol.ANY).build();
        XfrmPolicy behind = wide.toBuilder().priority(9).build();
        Change gone = new Change.RemovePolicy(Stage.OLD_OUTBOUND_POLICIES, own);

        assertThat(bared(gre(true, true), List.of(own, behind), gone)).isEmpty();
        assertThat(bared(
                        gre(true, true),
                        List.of(own, behind),
                        gone,
                        new Change.AddPolicy(Stage.OUTBOUND_POLICIES, pass)))
                .containsExactly("gre1");
    }
}
