package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.cbc;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.key;
import static org.xfrmctl.datapath.engine.Samples.state;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.PacketVectors;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.kernel.KernelSocket;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** The table result-packets-natt.txt: one packet through each kind of state, and what may come to a port for ESP. */
class VectorsTableTest {
    private static final int SPI = 0x111;
    private static final int PORT = 4500;

    private final CapturedTable table = CapturedTable.of("result-packets-natt.txt", VectorsTableTest::masked);

    /** Without sequence number and port of a reply, and what the kernel left behind an IPv4 address. */
    private static String masked(String line) {
        return line.replaceAll("(reply [0-9a-f]{16})[0-9a-f]{16}", "$1")
                .replaceAll("(c0a8006400000000)[0-9a-f]{8}(000000001194)", "$1$2");
    }

    @Test
    void everyLine() {
        for (String name : PacketVectors.names()) {
            throughOneState(name);
        }
        portForEsp();
        closedPort();
        badFilter();
        table.assertSame();
    }

    private static XfrmState.Builder of(String name) {
        Plan plan = Plan.of(name.contains("v6tun"));
        IpProtocol protocol = switch (name.substring(0, 2)) {
            case "ah" -> IpProtocol.AH;
            case "co" -> IpProtocol.COMP;
            default -> IpProtocol.ESP;
        };
        XfrmState.Builder state = state(plan.carol(), plan.moon(), protocol, SPI)
                .mode(Mode.TUNNEL)
                .algorithms(algorithms(name));
        if (name.contains("esn")) {
            long both = 5L << 32 | 41;
            state.flags(StateFlags.NONE.with(StateFlag.ESN))
                    .replay(new ReplayState.Extended(64, both, both, List.of(0, 0)));
        }
        if (name.contains("align4")) {
            state.flags(StateFlags.NONE.with(StateFlag.ALIGN4));
        }
        return name.contains("udpencap") ? state.options(inUdp()) : state;
    }

    private static StateOptions inUdp() {
        return StateOptions.NONE.withNatTraversal(
                NatTraversal.of(new Encap(Encap.ESPINUDP, PORT, PORT, ip("0.0.0.0"))));
    }

    private static List<Algorithm> algorithms(String name) {
        Algorithm sha256 = new Algorithm.Authentication("hmac(sha256)", key(32), 128);
        if (name.startsWith("comp")) {
            return List.of(Algorithm.Compression.DEFLATE);
        }
        if (name.startsWith("ah")) {
            return List.of(sha256);
        }
        if (name.contains("null")) {
            return List.of(sha256, new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY));
        }
        return name.contains("cbc") ? cbc("hmac(sha256)", 32, 128) : gcm(name.contains("gcm8") ? 64 : 128);
    }

    private void throughOneState(String name) {
        Forwarders forwarders = new Forwarders(1500);
        XfrmState state = of(name).build();
        Plan plan = Plan.of(name.contains("v6tun"));
        for (Host host : List.of(forwarders.carol, forwarders.moon)) {
            host.namespace().states().insert(state);
            host.encapsulate(PORT, Encap.ESPINUDP);
        }
        var templates = List.of(tunnel(plan.carol(), plan.moon(), state.id().protocol(), Level.REQUIRED));
        forwarders.outbound(templates);
        forwarders.inbound(Direction.FWD, templates);
        PacketVectors.Vector vector = PacketVectors.load().get(name);
        forwarders.send(vector.plainIn());
        table.say(String.format(
                "%s %s rx %s B out %d in %d %s",
                name,
                Wire.packets(forwarders.onWan),
                Wire.packets(forwarders.onLan),
                first(forwarders.carol).current().bytes(),
                first(forwarders.moon).current().bytes(),
                Wire.statistics(forwarders.moon)));
        assertThat(forwarders.onLan).as(name).containsExactly(vector.plainOut());
    }

    private static SecurityAssociation first(Host host) {
        return host.namespace().states().list().get(0);
    }

    private void portForEsp() {
        Forwarders forwarders = new Forwarders(1500);
        Host moon = forwarders.moon;
        int[] heard = new int[1];
        moon.encapsulate(PORT, Encap.ESPINUDP);
        moon.udp().unbind(PORT);
        moon.udp().bind(PORT, (at, from, port, data) -> heard[0]++);
        String[][] rows = {
            {"keepalive ff", "ff"},
            {"non-ESP marker 0000", "000000001122334455667788"},
            {"9 bytes nonzero spi", "000001110000000199"},
            {"8 bytes nonzero spi (== esp hdr)", "0000011100000001"},
            {"unknown spi", "0000099900000001" + "11".repeat(32)},
            {"1 byte 00", "00"},
            {"empty", ""}
        };
        for (String[] row : rows) {
            heard[0] = 0;
            Map<XfrmCounter, Long> before = Gateways.statistics(moon);
            forwarders.receive(datagram(PORT, HexFormat.of().parseHex(row[1])));
            table.say("natt " + row[0] + (heard[0] == 0 ? " not delivered " : " delivered to socket ")
                    + Wire.statistics(moon, before));
        }
        KernelSocket listener = new UserspaceKernel(moon.namespace()).open();
        listener.join(8);
        moon.namespace()
                .states()
                .insert(of("esp-null-udpencap")
                        .algorithms(List.of(new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY)))
                        .build());
        forwarders.receive(datagram(45001, esp()));
        ByteBuffer event = listener.receiveNow().orElseThrow();
        byte[] message = new byte[event.remaining()];
        event.get(message);
        table.say(
                "MAPPING event MAPPING " + message.length + " " + HexFormat.of().formatHex(message));
    }

    /** ESP without a cipher, with an IP header inside. */
    private static byte[] esp() {
        PacketBuffer inner = PacketBuffer.of(new byte[8]);
        IpHeader.prepend(inner, ip("10.3.0.9"), ip("10.1.0.9"), UdpHeader.PROTOCOL);
        byte[] esp = new byte[8 + 28 + 4];
        System.arraycopy(inner.toBytes(), 0, esp, 8, 28);
        ByteBuffer.wrap(esp).putInt(0, SPI).putInt(4, 1).putInt(36, 0x01020204);
        return esp;
    }

    private static byte[] datagram(int from, byte[] data) {
        PacketBuffer packet = PacketBuffer.of(data);
        UdpHeader.prepend(packet, from, PORT);
        IpHeader ip = IpHeader.prepend(packet, ip(Plan.V4.carol()), ip(Plan.V4.moon()), UdpHeader.PROTOCOL);
        UdpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip);
        return packet.toBytes();
    }

    private void closedPort() {
        Forwarders forwarders = new Forwarders(1500);
        forwarders.moon.namespace().states().insert(of("esp-null-udpencap").build());
        forwarders.receive(datagram(PORT, esp()));
        table.say("no socket on 4500: " + Wire.statistics(forwarders.moon));
    }

    /** The end of a dump that was asked for with a prefix longer than an address. */
    private void badFilter() {
        KernelSocket client = new UserspaceKernel(new Forwarders(1500).moon.namespace()).open();
        ByteBuffer request = ByteBuffer.allocate(16 + 4 + 36).order(ByteOrder.LITTLE_ENDIAN);
        request.putInt(0, 56).putShort(4, (short) 18).putShort(6, (short) 0x301);
        // The family, and more bits than the longest address has.
        request.putShort(16, (short) 40)
                .putShort(18, (short) 26)
                .putShort(20 + 32, (short) 2)
                .put(20 + 34, (byte) 129);
        client.send(request);
        ByteBuffer done = client.receive();
        byte[] message = new byte[20];
        done.get(message);
        table.say("bad filter reply " + HexFormat.of().formatHex(message));
    }
}
