package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.engine.PolicyEntry;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.explain.Explainer;
import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Explanation.Cut;
import org.xfrmctl.datapath.explain.Explanation.Fate;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.explain.Tables;
import org.xfrmctl.datapath.host.DeviceCounters.Counter;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * Interfaces at carol (ipsec0, routes to moon's LAN) and at moon (ipsec0, routes to carol's inner address), over an ESP
 * tunnel with if_id 42. What is expected is the way of net/xfrm/xfrm_interface_core.c.
 */
class XfrmInterfaceTest {
    private static final IfId ID = new IfId(42);
    private static final String CAROL = "192.168.0.100";
    private static final String MOON = "192.168.0.1";
    private static final String INNER = "172.16.0.1";
    private static final IpAddress FAR = ip("10.1.0.10");

    private final Gateways gateways = Gateways.withoutAlice();
    private final XfrmInterface atCarol = attach(gateways.carol, "ipsec0", INNER + "/32", "10.1.0.10/32");
    private final XfrmInterface atMoon = attach(gateways.moon, "ipsec0", "172.16.0.2/32", INNER + "/32");

    private static XfrmInterface attach(Host host, String name, String address, String far) {
        XfrmInterface made = host.attachXfrm(name, ID, 1500, List.of(net(address)));
        host.route(net(far), host.device(name));
        return made;
    }

    private void states(IfId ifId) {
        gateways.add(state(CAROL, MOON, 0x111, ifId));
        gateways.add(state(MOON, CAROL, 0x222, ifId));
    }

    private static XfrmState state(String from, String to, int spi, IfId ifId) {
        return esp(from, to, spi, Mode.TUNNEL).ifId(ifId).build();
    }

    private void policies(IfId ifId) {
        add(gateways.carol, Direction.OUT, INNER, "10.1.0.0/16", CAROL, MOON, ifId);
        add(gateways.carol, Direction.IN, "10.1.0.0/16", INNER, MOON, CAROL, ifId);
        add(gateways.moon, Direction.OUT, "10.1.0.0/16", INNER, MOON, CAROL, ifId);
        add(gateways.moon, Direction.IN, INNER, "10.1.0.0/16", CAROL, MOON, ifId);
    }

    private static void add(
            Host host, Direction direction, String from, String to, String outerFrom, String outerTo, IfId ifId) {
        XfrmPolicy policy = policy(direction, from, to)
                .templates(List.of(tunnel(outerFrom, outerTo, IpProtocol.ESP, Level.REQUIRED)))
                .ifId(ifId)
                .build();
        Gateways.add(host, policy);
    }

    private PingOutcome ping() {
        return gateways.carol.ping(PingOptions.of(FAR, 56));
    }

    @Test
    void sendsThroughItsPoliciesAndReceivesFromItsStates() {
        states(ID);
        policies(ID);

        assertThat(ping()).isEqualTo(new PingOutcome(1, 1, Optional.empty()));
        assertThat(gateways.onWan)
                .allSatisfy(
                        packet -> assertThat(Gateways.header(packet).protocol()).isEqualTo(50))
                .hasSize(2);
        assertThat(atCarol.counters().snapshot()).isEqualTo(Map.of(Counter.TX_PACKETS, 1L, Counter.RX_PACKETS, 1L));
        assertThat(atMoon.counters().snapshot()).isEqualTo(Map.of(Counter.TX_PACKETS, 1L, Counter.RX_PACKETS, 1L));
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
    }

    /** What a ping with so much data becomes, as explained. */
    private Explanation.Outbound explain(int data) {
        Host carol = gateways.carol;
        Tables tables = new Tables(
                carol.namespace().states().list().stream()
                        .map(SecurityAssociation::snapshot)
                        .toList(),
                carol.namespace().policies().list().stream()
                        .map(PolicyEntry::snapshot)
                        .toList(),
                new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT),
                gateways.clock.instant());
        Routing routing = destination -> Optional.of(new Routing.Path(1500, ip(CAROL), 1));
        Flow ping = new Flow(ip(INNER), FAR, 1, 8, 0);
        return new Explainer(tables, routing, address -> true).outbound(new Question(ping, data + 28, true, 0, 0, ID));
    }

    @Test
    void explainedIsWhatItDoes() {
        assertThat(explain(56).fate()).isEqualTo(new Fate.Unprotected());
        assertThat(ping().received()).isZero();
        assertThat(gateways.onWan).isEmpty();

        states(ID);
        policies(ID);

        Explanation.Outbound small = explain(56);
        assertThat(ping().received()).isEqualTo(1);
        assertThat(small.fate())
                .isEqualTo(new Fate.Leaves(List.of(gateways.lengthsOnWan().get(0)), Cut.NOT));
        assertThat(explain(1418).fate()).isInstanceOf(Fate.Leaves.class);
        assertThat(explain(1419).fate()).isEqualTo(new Fate.TooLong(1446, true));
    }

    /** A policy of the interface whose state is of none: as if there were no policy. */
    @Test
    void explainedIsWhatItDoesWithoutStates() {
        policies(ID);
        states(IfId.NONE);

        assertThat(explain(56).fate()).isInstanceOf(Fate.Dropped.class);
        assertThat(ping().received()).isZero();
    }

    @Test
    void withoutPolicyThereIsNoCarrier() {
        states(ID);
        List<String> told = new ArrayList<>();
        gateways.carol.udp().bind(4000, new Udp.Service() {
            @Override
            public void received(IpAddress at, IpAddress from, int port, Bytes data) {}

            @Override
            public void failed(String reason) {
                told.add(reason);
            }
        });
        gateways.carol.udp().send(4000, FAR, 7, Bytes.EMPTY);
        gateways.network.pump();

        assertThat(gateways.onWan).isEmpty();
        assertThat(told).containsExactly("No route to host");
        assertThat(atCarol.counters().snapshot())
                .isEqualTo(Map.of(Counter.TX_CARRIER_ERRORS, 1L, Counter.TX_ERRORS, 1L, Counter.TX_DROPPED, 1L));
        assertThat(Gateways.statistics(gateways.carol)).isEmpty();
    }

    @Test
    void ordinaryPoliciesAreAskedBeforeTheRouteLeadsIntoTheInterface() {
        states(IfId.NONE);
        policies(IfId.NONE);
        ping();

        assertThat(atCarol.counters().snapshot()).isEmpty();
        assertThat(gateways.onWan).isNotEmpty();
    }

    @Test
    void withoutStateThereIsNoCarrierEither() {
        policies(ID);
        ping();

        assertThat(Gateways.statistics(gateways.carol)).isEqualTo(Map.of(XfrmCounter.OUT_NO_STATES, 1L));
        assertThat(atCarol.counters().snapshot()).containsEntry(Counter.TX_CARRIER_ERRORS, 1L);
    }

    @Test
    void aPolicyDoesNotUseStatesOfAnotherInterface() {
        states(new IfId(43));
        policies(ID);
        ping();

        assertThat(gateways.onWan).isEmpty();
        assertThat(Gateways.statistics(gateways.carol)).isEqualTo(Map.of(XfrmCounter.OUT_NO_STATES, 1L));
    }

    @Test
    void withoutInterfaceStatesAreCheckedAgainstOrdinaryPolicies() {
        // moon has no interface with 43: its policy with 43 is not asked, and a tunnel without policy is refused.
        IfId other = new IfId(43);
        states(other);
        policies(other);
        gateways.carol.attachXfrm("ipsec1", other, 1500, List.of(net("172.16.0.3/32")));
        gateways.moon.attach("eth2", gateways.network.link("other", 1500), List.of(net("10.1.0.20/32")));
        gateways.carol.route(net("10.1.0.20/32"), gateways.carol.device("ipsec1"));
        gateways.carol.ping(new PingOptions(ip("10.1.0.20"), 56, 1, Optional.of(ip(INNER)), false, 0));

        assertThat(Gateways.statistics(gateways.moon)).isEqualTo(Map.of(XfrmCounter.IN_NO_POLS, 1L));
    }

    @Test
    void whatIsTooLongIsToldToTheSender() {
        states(ID);
        policies(ID);

        // 1500 less IP, ESP header and IV, trailer and integrity value
        assertThat(gateways.carol
                        .ping(PingOptions.of(FAR, 1446 - 28).withDontFragment())
                        .received())
                .isEqualTo(1);
        assertThat(gateways.carol
                        .ping(PingOptions.of(FAR, 1447 - 28).withDontFragment())
                        .received())
                .isZero();
        assertThat(gateways.carol
                        .ping(PingOptions.of(FAR, 1447 - 28).withDontFragment())
                        .error())
                .contains("Message too long");
        assertThat(Transfer.run(gateways.network, gateways.carol, gateways.moon, new TransferOptions(FAR, 100_000))
                        .received())
                .isEqualTo(100_000);
    }

    @Test
    void aForgedPacketIsAnErrorOfTheInterface() {
        states(ID);
        policies(ID);
        gateways.wan.impair(packet -> {
            byte[] forged = packet.clone();
            forged[forged.length - 1] ^= 1;
            return List.of(forged);
        });
        ping();

        assertThat(atMoon.counters().snapshot()).isEqualTo(Map.of(Counter.RX_ERRORS, 1L, Counter.RX_DROPPED, 1L));
        assertThat(Gateways.statistics(gateways.moon)).isEqualTo(Map.of(XfrmCounter.IN_STATE_PROTO_ERROR, 1L));
    }

    @Test
    void aTunnelThatLeadsIntoItselfIsCut() {
        gateways.add(state(INNER, "10.1.0.77", 0x333, ID));
        gateways.carol.route(net("10.1.0.77/32"), gateways.carol.device("ipsec0"));
        add(gateways.carol, Direction.OUT, INNER, "10.1.0.10/32", INNER, "10.1.0.77", ID);
        ping();

        assertThat(atCarol.counters().snapshot()).containsEntry(Counter.COLLISIONS, 1L);
        assertThat(gateways.onWan).isEmpty();
    }

    @Test
    void twoInterfacesCannotHaveOneIfId() {
        assertThatThrownBy(() -> gateways.carol.attachXfrm("ipsec9", ID, 1500, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
