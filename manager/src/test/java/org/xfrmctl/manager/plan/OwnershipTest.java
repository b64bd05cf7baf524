package org.xfrmctl.manager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;

/** A keying daemon that has come to the reqid which a definition chose. */
class OwnershipTest {
    private final FakeTables kernel = new FakeTables();

    private static ChildBuilder ours() {
        return child("a").reqid(1);
    }

    private static ChildBuilder theirs() {
        return child("x")
                .reqid(1)
                .spi(0x9000)
                .between("192.0.2.1", "192.0.2.77")
                .traffic("172.16.0.0/16", "172.17.0.0/16");
    }

    private void up(ChildBuilder child) {
        Plans.up(compile(child), kernel.snapshot()).changes().forEach(kernel::make);
    }

    @Test
    void statesAndPoliciesOfOtherGatewaysStay() {
        up(theirs());
        Snapshot before = kernel.snapshot();
        up(ours());
        assertThat(kernel.listStates()).containsAll(before.states()).hasSize(4);
        assertThat(kernel.listPolicies()).containsAll(before.policies()).hasSize(6);
        Plan down = Plans.down(compile(ours()), Set.of(ours().name()), kernel.snapshot());
        assertThat(down.text()).contains("192.0.2.2").doesNotContain("172.").doesNotContain("192.0.2.77");
    }

    @Test
    void aCompressingTunnelOfOtherGatewaysStays() {
        up(theirs().ipcomp());
        up(ours().ipcomp());
        Plan down = Plans.down(compile(ours().ipcomp()), Set.of(ours().name()), kernel.snapshot());
        assertThat(down.text()).contains("192.0.2.2").doesNotContain("172.").doesNotContain("192.0.2.77");
    }

    @Test
    void transportBetweenOtherHostsStays() {
        up(theirs().transport());
        Snapshot before = kernel.snapshot();
        up(ours().transport());
        assertThat(kernel.listStates()).containsAll(before.states());
        assertThat(kernel.listPolicies()).containsAll(before.policies());
    }

    @Test
    void aForeignPolicyInOurPlaceIsAConflict() {
        up(theirs().traffic("10.1.0.0/16", "10.2.0.0/16"));
        DesiredState desired = compile(ours());
        Snapshot present = kernel.snapshot();
        assertThatThrownBy(() -> Plans.up(desired, present)).hasMessageContaining("a policy that is not ours");
    }

    @Test
    void whatWasOursBetweenTheSameGatewaysIsReplaced() {
        up(ours().traffic("10.9.0.0/16", "10.2.0.0/16"));
        up(ours().spi(0x3000).key("two"));
        assertThat(kernel.listStates()).hasSize(2);
        assertThat(kernel.listPolicies()).hasSize(3);
    }

    /** Nobody else has a reqid of the band, so a child may move to other gateways. */
    @Test
    void inTheBandTheReqidIsEnough() {
        up(child("a"));
        up(child("a").spi(0x3000).between("192.0.2.1", "192.0.2.99"));
        assertThat(kernel.listStates())
                .hasSize(2)
                .allMatch(state -> state.toString().contains("192.0.2.99"));
    }
}
