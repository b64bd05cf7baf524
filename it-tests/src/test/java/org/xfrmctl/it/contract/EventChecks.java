package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.Migration;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** What the members of multicast groups hear. */
final class EventChecks {
    private EventChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("changes to states are told", EventChecks::states, Need.TRANSFORMS),
                Check.of("changes to policies are told", EventChecks::policies),
                Check.of("an event tells who caused it", EventChecks::origin),
                Check.of("sequence numbers that were set are told", EventChecks::moved, Need.TRANSFORMS),
                Check.of(
                        "the direction is told with sequence numbers, and not said when they are set",
                        EventChecks::movedWithDirection,
                        Need.TRANSFORMS,
                        Need.DIRECTION),
                Check.of(
                        "a migration moves a policy and its state, and is told",
                        EventChecks::migrated,
                        Need.TRANSFORMS));
    }

    /** A socket in every group. */
    static NetlinkTransport listener(KernelUnderTest kernel) {
        NetlinkTransport listener = kernel.open();
        XfrmGroup.ALL.forEach(listener::join);
        return listener;
    }

    /** What has come so far, in its order. Kernels tell before they acknowledge. */
    static List<XfrmEvent> heard(NetlinkTransport listener) {
        List<XfrmEvent> events = new ArrayList<>();
        Optional<ByteBuffer> datagram = listener.receiveNow();
        while (datagram.isPresent()) {
            NetlinkMessage.split(datagram.get()).forEach(message -> events.add(XfrmEvent.decode(message)));
            datagram = listener.receiveNow();
        }
        return events;
    }

    private static void states(KernelUnderTest kernel) {
        try (NetlinkTransport listener = listener(kernel);
                XfrmClient client = kernel.client()) {
            XfrmState one = Samples.esp(0x1001).build();
            XfrmState two =
                    Samples.esp(0x1002).mark(new Mark(1, 1)).ifId(new IfId(4)).build();
            client.addState(one);
            client.addState(two);
            client.updateState(one);
            client.expireState(two, false);
            client.expireState(two, true);
            client.deleteState(one.key());
            client.addState(one);
            client.flushStates(IpProtocol.IPSEC_ANY);
            client.flushStates(IpProtocol.IPSEC_ANY);
            List<XfrmEvent> events = heard(listener);
            assertThat(events)
                    .extracting(event -> (Object) event.getClass())
                    .containsExactly(
                            XfrmEvent.StateAdded.class,
                            XfrmEvent.StateAdded.class,
                            XfrmEvent.StateUpdated.class,
                            XfrmEvent.StateExpired.class,
                            XfrmEvent.StateExpired.class,
                            XfrmEvent.StateDeleted.class,
                            XfrmEvent.StateAdded.class,
                            XfrmEvent.StatesFlushed.class);
            assertThat(Samples.asAsked(((XfrmEvent.StateAdded) events.get(1)).state()))
                    .isEqualTo(two);
            assertThat(((XfrmEvent.StateExpired) events.get(3)).hard()).isFalse();
            XfrmEvent.StateExpired gone = (XfrmEvent.StateExpired) events.get(4);
            assertThat(gone.hard()).isTrue();
            assertThat(gone.state().key()).isEqualTo(two.key());
            assertThat(gone.state().ifId()).isEqualTo(two.ifId());
            assertThat(Samples.asAsked(((XfrmEvent.StateDeleted) events.get(5)).state()))
                    .isEqualTo(one);
            assertThat(events.get(7)).isEqualTo(new XfrmEvent.StatesFlushed(IpProtocol.IPSEC_ANY));
        }
    }

    private static void policies(KernelUnderTest kernel) {
        try (NetlinkTransport listener = listener(kernel);
                XfrmClient client = kernel.client()) {
            XfrmPolicy policy =
                    Samples.policy(1).mark(new Mark(1, 1)).ifId(new IfId(4)).build();
            client.addPolicy(policy);
            client.updatePolicy(policy);
            client.expirePolicy(policy, false);
            int index = client.getPolicy(policy.key()).orElseThrow().index();
            client.deletePolicy(
                    new PolicyIndex(index, policy.direction(), PolicyType.MAIN, policy.mark(), policy.ifId()));
            client.addPolicy(policy);
            client.deletePolicy(policy.key());
            client.addPolicy(policy);
            client.flushPolicies(PolicyType.MAIN);
            client.setDefaults(new DefaultPolicies(0, 0, 0));
            List<XfrmEvent> events = heard(listener);
            assertThat(events)
                    .extracting(event -> (Object) event.getClass())
                    .containsExactly(
                            XfrmEvent.PolicyAdded.class,
                            XfrmEvent.PolicyUpdated.class,
                            XfrmEvent.PolicyExpired.class,
                            XfrmEvent.PolicyDeleted.class,
                            XfrmEvent.PolicyAdded.class,
                            XfrmEvent.PolicyDeleted.class,
                            XfrmEvent.PolicyAdded.class,
                            XfrmEvent.PoliciesFlushed.class,
                            XfrmEvent.DefaultsSet.class);
            assertThat(Samples.asAsked(((XfrmEvent.PolicyAdded) events.get(0)).policy()))
                    .isEqualTo(policy);
            assertThat(((XfrmEvent.PolicyDeleted) events.get(3)).index()).isEqualTo(index);
            assertThat(((XfrmEvent.PolicyDeleted) events.get(5)).index()).isZero();
            assertThat(((XfrmEvent.PolicyDeleted) events.get(5)).policy().key()).isEqualTo(policy.key());
            assertThat(events.get(8))
                    .isEqualTo(new XfrmEvent.DefaultsSet(new DefaultPolicies(
                            DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT)));
        }
    }

    private static void origin(KernelUnderTest kernel) {
        try (NetlinkTransport listener = listener(kernel);
                NetlinkTransport asking = kernel.open()) {
            int port = asking.portId();
            try (XfrmClient client = new XfrmClient(asking)) {
                client.addPolicy(Samples.policy(1).build());
            }
            NetlinkMessage event =
                    NetlinkMessage.split(listener.receiveNow().orElseThrow()).get(0);
            assertThat(event.header().pid()).isEqualTo(port);
            assertThat(event.sequence()).isEqualTo(1);
        }
    }

    private static void moved(KernelUnderTest kernel) {
        try (NetlinkTransport listener = listener(kernel);
                XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001)
                    .replay(new ReplayState.Basic(32, 0, 0, 0))
                    .build();
            client.addState(state);
            AsyncEvent.Values values = new AsyncEvent.Values(
                    Optional.of(new ReplayState.Basic(0, 4, 5, 1)), Optional.empty(), AsyncEvent.Thresholds.UNTOLD);
            client.setAsyncEvent(AsyncEvent.set(state.id(), Mark.NONE, values));
            AsyncEvent told = ((XfrmEvent.StateMoved) heard(listener).get(1)).event();
            assertThat(told.flags()).isEqualTo(AsyncEvent.SET);
            assertThat(told.values().replay()).isEqualTo(values.replay());
        }
    }

    /** What was told can be set again, although requests may not say the direction. */
    private static void movedWithDirection(KernelUnderTest kernel) {
        try (NetlinkTransport listener = listener(kernel);
                XfrmClient client = kernel.client()) {
            Placement outward = new Placement(Optional.of(SaDirection.OUT), OptionalInt.empty(), Optional.empty());
            XfrmState state = Samples.esp(0x1001)
                    .options(StateOptions.NONE.withPlacement(outward))
                    .build();
            client.addState(state);
            AsyncEvent told = client.getAsyncEvent(AsyncEvent.about(state.id(), Mark.NONE, 0));
            assertThat(told.values().placement()).isEqualTo(outward);
            client.setAsyncEvent(told);
            AsyncEvent event = ((XfrmEvent.StateMoved) heard(listener).get(1)).event();
            assertThat(event.flags()).isEqualTo(AsyncEvent.SET);
            assertThat(event.values()).isEqualTo(told.values());
        }
    }

    /** To another destination. */
    static Migration migration(PolicyKey key) {
        IpAddress elsewhere = IpAddress.parse("192.0.2.3");
        Migration.Move move = new Migration.Move(
                new Migration.Ends(Samples.HERE, Samples.THERE),
                new Migration.Ends(Samples.HERE, elsewhere),
                IpProtocol.ESP,
                Mode.TUNNEL,
                new Reqid(7));
        return new Migration(key, List.of(move), Optional.empty(), Optional.empty(), List.of());
    }

    private static void migrated(KernelUnderTest kernel) {
        try (NetlinkTransport listener = listener(kernel);
                XfrmClient client = kernel.client()) {
            XfrmPolicy policy = Samples.policy(1).build();
            client.addPolicy(policy);
            client.addState(Samples.esp(0x1001).build());
            Migration migration = migration(policy.key());
            client.migrate(migration);
            IpAddress elsewhere = migration.moves().get(0).to().destination();
            assertThat(client.listStates())
                    .extracting(state -> state.id().destination())
                    .containsExactly(elsewhere);
            assertThat(client.listPolicies().get(0).templates().get(0).destination())
                    .isEqualTo(elsewhere);
            assertThat(heard(listener)).contains(new XfrmEvent.Migrated(migration));
        }
    }
}
