package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.REQID;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.key;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.state;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.udpEncapsulation;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;

/** What a Linux 6.1 on the other end of a veth did otherwise ({@code InteropIT}). */
class NeighbourFindingsTest {
    private static final String CAROL = "192.168.0.100";
    private static final String MOON = "192.168.0.1";

    private final Gateways gateways = Gateways.withoutAlice();

    /** IPComp inside is looked for as if the packet had come without UDP. */
    @Test
    void udpIsAroundTheOutermostOnly() {
        Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.ANY_V4);
        StateOptions udp = StateOptions.NONE.withNatTraversal(NatTraversal.of(encap));
        Gateways.add(gateways.carol, udpEncapsulation(MOON, CAROL));
        Gateways.add(gateways.moon, udpEncapsulation(CAROL, MOON));
        for (boolean away : new boolean[] {true, false}) {
            String from = away ? CAROL : MOON;
            String to = away ? MOON : CAROL;
            int end = away ? 1 : 2;
            gateways.add(comp(from, to, 0x10 + end, Mode.TRANSPORT).build());
            gateways.add(esp(from, to, 0x110 + end, Mode.TRANSPORT).options(udp).build());
            connect(
                    from,
                    to,
                    List.of(
                            transport(from, IpProtocol.COMP, Level.REQUIRED),
                            transport(from, IpProtocol.ESP, Level.REQUIRED)));
        }
        gateways.carol.encapsulate(4500, Encap.ESPINUDP);
        gateways.moon.encapsulate(4500, Encap.ESPINUDP);
        pings(MOON, 1000);
    }

    /** IPv6 is cut before the tunnel: the first fragment comes by IPComp and the last, too short for it, by its companion. */
    @Test
    void fragmentsOfOnePacketMayBeCompressedOrNot() {
        gateways.compressed(Gateways.Plan.V6, Mode.TUNNEL);
        for (int size = 1380; size < 1500; size += 8) {
            PingOptions ping = PingOptions.of(ip(Gateways.Plan.V6.alice()), size);
            assertThat(gateways.carol.ping(ping).received())
                    .as("%d bytes", size)
                    .isEqualTo(1);
        }
    }

    /** The bit that BEET sets on IPv4 for IPv6 does not stop a sender who lets his packets be cut. */
    @Test
    void whatBeetPutsIntoIpv4IsCut() {
        beet(CAROL, MOON, IpProtocol.ESP, List.of());
        pings("fec0::1", 3000);
        assertThat(gateways.onWan)
                .hasSize(6)
                .allSatisfy(packet -> assertThat(((Ipv4Header) Gateways.header(packet)).dontFragment())
                        .isFalse());
    }

    /** The outer header is authenticated, of whichever family. */
    @ParameterizedTest
    @CsvSource({"192.168.0.100, 192.168.0.1", "fec0::100, fec0::1"})
    void ahInBeetModeWithIpv6Inside(String carol, String moon) {
        beet(carol, moon, IpProtocol.AH, List.of(new Algorithm.Authentication("hmac(sha256)", key(32), 128)));
        pings("fec0::1", 100);
    }

    private void beet(String carol, String moon, IpProtocol protocol, List<Algorithm> algorithms) {
        for (boolean away : new boolean[] {true, false}) {
            String from = away ? carol : moon;
            String to = away ? moon : carol;
            String source = away ? "fec0::100" : "fec0::1";
            String destination = away ? "fec0::1" : "fec0::100";
            XfrmState.Builder state = protocol.equals(IpProtocol.ESP)
                    ? esp(from, to, away ? 0x111 : 0x222, Mode.BEET)
                    : state(from, to, protocol, away ? 0x111 : 0x222)
                            .mode(Mode.BEET)
                            .algorithms(algorithms);
            gateways.add(state.selector(Selector.between(net(source + "/128"), net(destination + "/128")))
                    .build());
            SaId id = new SaId(ip(to), Spi.NONE, protocol);
            connect(
                    source,
                    destination,
                    List.of(new Template(
                            id, ip(from), REQID, Mode.BEET, Level.REQUIRED, Template.AlgorithmMasks.ALL, 0)));
        }
    }

    /** Policies for one direction: out at its source, in at the other end. */
    private void connect(String from, String to, List<Template> templates) {
        boolean away = from.endsWith("100");
        Gateways.add(
                away ? gateways.carol : gateways.moon,
                policy(Direction.OUT, from, to).templates(templates).build());
        // What did not get smaller comes without.
        List<Template> accepted = templates.stream()
                .map(template -> template.protocol().equals(IpProtocol.COMP)
                        ? transport(from, IpProtocol.COMP, Level.USE)
                        : template)
                .toList();
        Gateways.add(
                away ? gateways.moon : gateways.carol,
                policy(Direction.IN, from, to).templates(accepted).build());
    }

    private void pings(String destination, int size) {
        assertThat(gateways.carol.ping(PingOptions.of(ip(destination), size)).received())
                .isEqualTo(1);
        for (Host host : List.of(gateways.carol, gateways.moon)) {
            assertThat(Gateways.statistics(host)).isEmpty();
        }
    }
}
