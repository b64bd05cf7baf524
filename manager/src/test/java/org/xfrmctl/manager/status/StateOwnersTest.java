package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;

/** Each state is told of its child, and nothing of others. */
class StateOwnersTest {
    private final FakeTables kernel = new FakeTables();
    private final DesiredState desired =
            compile(child("a").ipcomp(), child("b").spi(0x2000).key("b").traffic("10.3.0.0/16", "10.4.0.0/16"));

    private Snapshot up() {
        Plans.up(desired, kernel.snapshot()).changes().forEach(kernel::make);
        return kernel.snapshot();
    }

    private static Snapshot with(Snapshot snapshot, XfrmState more) {
        return new Snapshot(
                Stream.concat(Stream.of(more), snapshot.states().stream()).toList(), snapshot.policies());
    }

    private static XfrmState respun(XfrmState state, int spi) {
        return XfrmState.builder(
                        new SaId(
                                state.id().destination(),
                                new Spi(spi),
                                state.id().protocol()),
                        state.source())
                .reqid(state.reqid())
                .mode(state.mode())
                .build();
    }

    @Test
    void membersAreThoseThatCountersShows() {
        Snapshot snapshot = up();

        StateOwners owners = StateOwners.of(desired, snapshot);

        assertThat(owners.children())
                .extracting(StateOwners.Owned::members)
                .containsExactlyElementsOf(desired.children().stream()
                        .map(child -> ChildSa.of(child, desired, snapshot).members())
                        .toList());
        assertThat(owners.children().get(0).members()).hasSize(6);
        assertThat(owners.children().get(0).policies()).hasSize(3);
        assertThat(owners.others()).isEqualTo(Snapshot.EMPTY);
    }

    @Test
    void withoutStatesTheirPlacesAreEmpty() {
        StateOwners owners = StateOwners.of(desired, Snapshot.EMPTY);

        assertThat(owners.children().get(0).members())
                .hasSize(6)
                .allSatisfy(member -> assertThat(member.state()).isEmpty());
    }

    @Test
    void olderKeysAreTheChildsByReqidAndGateways() {
        Snapshot snapshot = up();
        XfrmState old = respun(desired.children().get(1).inbound().get(0), 0x999);

        StateOwners owners = StateOwners.of(desired, with(snapshot, old));

        List<ChildSa.Member> members = owners.children().get(1).members();
        assertThat(members.get(members.size() - 1).direction()).isEqualTo(Direction.IN);
        assertThat(members.get(members.size() - 1).state()).contains(old);
        assertThat(owners.others().states()).isEmpty();
    }

    @Test
    void theSameReqidBetweenOthersIsTheirs() {
        Snapshot snapshot = up();
        XfrmState ours = desired.children().get(1).inbound().get(0);
        XfrmState elsewhere = XfrmState.builder(
                        new SaId(
                                IpAddress.parse("203.0.113.9"),
                                new Spi(7),
                                ours.id().protocol()),
                        IpAddress.parse("203.0.113.7"))
                .reqid(ours.reqid())
                .build();

        assertThat(StateOwners.of(desired, with(snapshot, elsewhere)).others().states())
                .containsExactly(elsewhere);
    }

    @Test
    void whatNobodyDefinedIsLeftOver() {
        Snapshot snapshot = up();
        DesiredState half = new DesiredState(desired.children().subList(0, 1), List.of());

        StateOwners owners = StateOwners.of(half, snapshot);

        Reqid other = desired.children().get(1).reqid();
        assertThat(owners.others().states())
                .hasSize(2)
                .allMatch(state -> state.reqid().equals(other));
        assertThat(owners.others().policies()).hasSize(3);
    }
}
