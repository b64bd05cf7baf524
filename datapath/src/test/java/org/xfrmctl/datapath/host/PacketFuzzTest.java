package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.InputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.StateOptions;

/**
 * No bytes from a link stop a gateway. Its ESP states neither encrypt nor authenticate, so that a fuzzer gets behind
 * them; IPv4 header checksums are put right for the same reason.
 */
class PacketFuzzTest {
    private static final List<Algorithm> NULL = List.of(new Algorithm.Encryption("cipher_null", Key.EMPTY));
    private static final int FROM_LAN = 0x8000;
    private static final int MTU = 1500;

    /** Packets in a row, each behind 16 bits: 0x8000 if it comes from the LAN, plus its length. */
    @FuzzTest(maxDuration = "1m")
    void packets(byte[] bytes) {
        Gateways gateways = gateways();
        int states = gateways.moon.namespace().states().size();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.remaining() > 2) {
            int head = Short.toUnsignedInt(rest.getShort());
            byte[] packet = new byte[Math.min(Math.min(head & ~FROM_LAN, MTU), rest.remaining())];
            rest.get(packet);
            withChecksum(packet);
            if ((head & FROM_LAN) != 0) {
                gateways.lan.send(ip("10.1.0.1"), packet);
            } else {
                gateways.wan.send(ip("192.168.0.1"), packet);
            }
            gateways.network.pump();
        }
        assertThat(gateways.moon.namespace().lock().isLocked()).isFalse();
        assertThat(gateways.moon.namespace().states().size()).isEqualTo(states);
    }

    /** The first byte is the encapsulation, the rest is what XFRM gets. */
    @FuzzTest(maxDuration = "1m")
    void input(byte[] bytes) {
        if (bytes.length > 0) {
            InputProcessor processor = new InputProcessor(gateways().moon.namespace());
            Packet packet = new Packet(PacketBuffer.of(bytes, 1, bytes.length - 1));
            assertThat(processor.receive(packet, bytes[0] & 3, 4500)).isNotNull();
        }
    }

    private static Gateways gateways() {
        Gateways gateways = Gateways.withAlice();
        gateways.moon.encapsulate(4500, Encap.ESPINUDP);
        protect(gateways, Gateways.Plan.V4);
        protect(gateways, Gateways.Plan.V6);
        gateways.add(esp("192.168.0.100", "192.168.0.1", 0x333, Mode.TUNNEL)
                .algorithms(NULL)
                .options(encapsulated())
                .build());
        return gateways;
    }

    private static StateOptions encapsulated() {
        Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, ip("0.0.0.0"));
        return StateOptions.NONE.withNatTraversal(NatTraversal.of(encap));
    }

    private static void protect(Gateways gateways, Gateways.Plan plan) {
        String carol = plan.carol();
        String moon = plan.moon();
        gateways.add(esp(carol, moon, 0x110, Mode.TUNNEL).algorithms(NULL).build());
        gateways.add(esp(carol, moon, 0x111, Mode.TRANSPORT).algorithms(NULL).build());
        gateways.add(esp(moon, carol, 0x222, Mode.TRANSPORT).algorithms(NULL).build());
        gateways.add(comp(carol, moon, 0x11, Mode.TUNNEL).build());
        gateways.add(comp(moon, carol, 0x22, Mode.TUNNEL).build());
        Gateways.add(
                gateways.moon,
                policy(Direction.OUT, plan.lan(), carol)
                        .templates(Gateways.compression(plan, moon, carol, Mode.TUNNEL, Level.REQUIRED))
                        .build());
        Gateways.add(
                gateways.moon,
                policy(Direction.FWD, carol, plan.lan())
                        .templates(List.of(
                                tunnel(carol, moon, IpProtocol.COMP, Level.USE),
                                transport(carol, IpProtocol.ESP, Level.REQUIRED)))
                        .build());
    }

    private static void withChecksum(byte[] packet) {
        boolean v4 = packet.length >= 20 && packet[0] >> 4 == 4;
        if (v4 && (packet[0] & 15) >= 5 && packet.length >= (packet[0] & 15) * 4) {
            PacketBuffer copy = PacketBuffer.of(packet);
            IpHeader.read(copy).ifPresent(header -> header.finish(header.totalLength()));
            System.arraycopy(copy.toBytes(), 0, packet, 0, packet.length);
        }
    }
}
