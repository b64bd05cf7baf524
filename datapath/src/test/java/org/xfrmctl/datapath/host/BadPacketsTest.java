package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.key;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.state;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.udpEncapsulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.host.BadPackets.Bad;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmCounter;

/** Every bad packet raises the one counter that it raises on Linux, and nothing of it gets anywhere. */
class BadPacketsTest {
    private static final String CAROL = Gateways.Plan.V4.carol();
    private static final String MOON = Gateways.Plan.V4.moon();
    private static final List<Algorithm> NULL = List.of(new Algorithm.Encryption("cipher_null", Key.EMPTY));

    private final Gateways gateways = Gateways.withAlice();

    BadPacketsTest() {
        Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, ip("0.0.0.0"));
        gateways.moon.encapsulate(4500, Encap.ESPINUDP);
        gateways.add(esp(CAROL, MOON, BadPackets.GCM, Mode.TRANSPORT)
                .algorithms(gcm(128))
                .replay(new ReplayState.Basic(32, 0, 0, 0))
                .build());
        gateways.add(esp(CAROL, MOON, BadPackets.NULL_TUNNEL, Mode.TUNNEL)
                .algorithms(NULL)
                .build());
        gateways.add(esp(CAROL, MOON, BadPackets.ENCAPSULATED, Mode.TUNNEL)
                .algorithms(NULL)
                .options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)))
                .build());
        gateways.add(state(CAROL, MOON, IpProtocol.AH, BadPackets.AUTHENTICATED)
                .mode(Mode.TRANSPORT)
                .algorithms(List.of(new Algorithm.Authentication("hmac(sha256)", key(32), 128)))
                .build());
        gateways.add(comp(CAROL, MOON, BadPackets.COMPRESSED, Mode.TUNNEL).build());
        Gateways.add(gateways.moon, udpEncapsulation(CAROL, MOON));
        var templates = List.of(transport(CAROL, IpProtocol.ESP, Level.REQUIRED));
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, CAROL, MOON).templates(templates).build());
        Gateways.add(
                gateways.moon,
                policy(Direction.IN, CAROL, MOON).templates(templates).build());
    }

    /** What carol sends to ping moon, which does not arrive. */
    private List<byte[]> genuine(int count) {
        gateways.wan.impair(packet -> List.of());
        gateways.carol.ping(PingOptions.of(ip(MOON), 20 + count % 7).withCount(count));
        gateways.wan.impair(packet -> List.of(packet));
        List<byte[]> sent = new ArrayList<>(gateways.onWan);
        gateways.onWan.clear();
        return sent;
    }

    private void send(byte[] frame) {
        gateways.wan.send(ip(MOON), frame.clone());
        gateways.network.pump();
    }

    private void check(Bad bad, long seed) {
        for (int i = 0; i < bad.frames().size() - 1; i++) {
            send(bad.frames().get(i));
        }
        Map<XfrmCounter, Long> before = Gateways.statistics(gateways.moon);
        gateways.onWan.clear();
        send(bad.frames().get(bad.frames().size() - 1));

        Map<XfrmCounter, Long> rises = Gateways.statistics(gateways.moon);
        before.forEach((counter, value) -> rises.merge(counter, -value, Long::sum));
        rises.values().removeIf(value -> value == 0);
        assertThat(rises)
                .as("%s (seed %d)", bad.name(), seed)
                .isEqualTo(bad.counter().map(counter -> Map.of(counter, 1L)).orElse(Map.of()));
        // Neither an answer, nor an error, nor a packet for alice.
        assertThat(gateways.onWan).as("%s (seed %d)", bad.name(), seed).hasSize(1);
        assertThat(gateways.onLan).as("%s (seed %d)", bad.name(), seed).isEmpty();
    }

    @RepeatedTest(5)
    void eachRaisesItsCounter() {
        long seed = new Random().nextLong();
        BadPackets bad = new BadPackets(new Random(seed));
        byte[] packet = genuine(1).get(0);
        bad.ofGenuine(packet).forEach(each -> check(each, seed));
        bad.others().forEach(each -> check(each, seed));

        // What was done to its like has not hurt the genuine one; the second time it is one too many.
        gateways.onWan.clear();
        send(packet);
        assertThat(gateways.onWan).as("seed %d", seed).hasSize(2);
        check(Bad.counted("repeated", XfrmCounter.IN_STATE_SEQ_ERROR, packet), seed);
    }

    @Test
    void whatIsOlderThanTheWindowIsRefused() {
        List<byte[]> sent = genuine(40);
        gateways.onWan.clear();
        send(sent.get(39));
        for (int i = 0; i < 8; i++) {
            check(Bad.counted("number " + (i + 1), XfrmCounter.IN_STATE_SEQ_ERROR, sent.get(i)), 0);
        }
        for (int i = 38; i >= 8; i--) {
            gateways.onWan.clear();
            send(sent.get(i));
            assertThat(gateways.onWan).as("number %d", i + 1).hasSize(2);
        }
    }

    @Test
    void extensionHeadersBeyondTheEndAreNotFollowed() {
        for (int length = 0; length <= 255; length++) {
            byte[] packet = new byte[40 + 8 + 24];
            packet[0] = 0x60;
            packet[5] = 32;
            packet[6] = 60;
            packet[7] = 64;
            System.arraycopy(ip(Gateways.Plan.V6.carol()).toBytes(), 0, packet, 8, 16);
            System.arraycopy(ip(Gateways.Plan.V6.moon()).toBytes(), 0, packet, 24, 16);
            packet[40] = 50;
            packet[41] = (byte) length;
            // Behind two units nothing is left that could be an SPI; behind three even the header lies outside.
            Bad bad = length <= 2
                    ? Bad.counted("options of " + length, XfrmCounter.IN_NO_STATES, packet)
                    : length == 3
                            ? Bad.counted("options of 3", XfrmCounter.IN_HDR_ERROR, packet)
                            : Bad.unseen("options of " + length, packet);
            check(bad, 0);
        }
    }
}
