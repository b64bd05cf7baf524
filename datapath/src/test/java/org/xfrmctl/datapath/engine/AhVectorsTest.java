package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.state;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.PacketVectors;
import org.xfrmctl.datapath.PacketVectors.Vector;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** AH packets of a real kernel: sent as the same bytes, received as the same packets. */
class AhVectorsTest {
    private static final PacketVectors VECTORS = PacketVectors.load();
    private static final String WITH_OPTION = "esp-null + ah-sha256 transport, IPv4 record-route option"
            + " (IP header 28 bytes), UDP payload \"opt-payload\"";
    private static final List<Algorithm> SHA256 = List.of(new Algorithm.Authentication(
            "hmac(sha256)",
            Key.of(HexFormat.of().parseHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f")),
            128));
    private static final long ESN_HIGH = 5;
    private static final long ESN_LOW = 41;

    private final XfrmNamespace namespace = new XfrmNamespace(new Samples.HandClock(), new Random(7));

    @ParameterizedTest
    @CsvSource({
        "ah-sha256-v4tun-v4,        false, none",
        "ah-sha256-v4tun-v4-esn-hi5, false, esn",
        "ah-sha256-align4,          false, align4",
        "ah-sha256-v6tun-v6,        true,  none",
    })
    void sendsAndReceivesAsTheKernel(String name, boolean v6, String flag) {
        Vector vector = VECTORS.get(name);
        SecurityAssociation association = insert(tunnel(v6, flag));
        byte[] inner = forwarded(vector.plainIn());

        PacketBuffer packet = PacketBuffer.of(inner);
        Bundle bundle = new Bundle(1500, List.of(new Bundle.Step(association, 1500)));
        Verdict sent = new OutputProcessor(namespace, () -> 0).transform(new Packet(packet), bundle);
        assertThat(sent).isInstanceOf(Verdict.Forward.class);
        assertThat(packet.toBytes()).isEqualTo(vector.wire());
        assertThat(association.current().bytes()).isEqualTo(inner.length);

        PacketBuffer received = PacketBuffer.of(vector.wire());
        Verdict taken = new InputProcessor(namespace).receive(new Packet(received));
        assertThat(taken).isInstanceOf(Verdict.Forward.class);
        assertThat(received.toBytes()).isEqualTo(inner);
        assertThat(association.current().bytes()).isEqualTo(2L * inner.length);
    }

    /** The kernel leaves what was there in the padding behind the value: here it is not zero, and counts. */
    @Test
    void receivesOptionsAndPaddingAsTheKernelSendsThem() {
        insert(state("192.168.0.100", "192.168.0.1", IpProtocol.AH, 0x112)
                .mode(Mode.TRANSPORT)
                .algorithms(SHA256));
        insert(state("192.168.0.100", "192.168.0.1", IpProtocol.ESP, 0x111)
                .mode(Mode.TRANSPORT)
                .algorithms(List.of(new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY))));
        PacketBuffer packet = PacketBuffer.of(VECTORS.get(WITH_OPTION).wire());
        assertThat(new InputProcessor(namespace).receive(new Packet(packet))).isInstanceOf(Verdict.Forward.class);
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        assertThat(ip.protocol()).isEqualTo(17);
        assertThat(ip.length()).isEqualTo(28);
        assertThat(new String(packet.toBytes(), 36, 11, StandardCharsets.US_ASCII))
                .isEqualTo("opt-payload");
    }

    @ParameterizedTest
    @CsvSource({
        // what routers change
        "1, true",
        "6, true",
        "8, true",
        "10, true",
        // what nobody may
        "4, false",
        "12, false",
        "20, false",
        "28, false",
        "45, false",
        "80, false",
    })
    void noticesChangesButThoseOfRouters(int offset, boolean passes) {
        SecurityAssociation association = insert(tunnel(false, "none"));
        byte[] wire = VECTORS.get("ah-sha256-v4tun-v4").wire().clone();
        wire[offset] ^= 1;
        Verdict verdict = new InputProcessor(namespace).receive(new Packet(PacketBuffer.of(wire)));
        if (passes) {
            assertThat(verdict).isInstanceOf(Verdict.Forward.class);
        } else {
            assertThat(((Verdict.Drop) verdict).counter()).contains(XfrmCounter.IN_STATE_PROTO_ERROR);
            assertThat(association.statistics().integrityFailed()).isEqualTo(1);
        }
    }

    @Test
    void knowsADuplicate() {
        insert(tunnel(false, "window"));
        InputProcessor input = new InputProcessor(namespace);
        byte[] wire = VECTORS.get("ah-sha256-v4tun-v4").wire().clone();
        assertThat(input.receive(new Packet(PacketBuffer.of(wire)))).isInstanceOf(Verdict.Forward.class);
        Verdict again = input.receive(new Packet(PacketBuffer.of(wire)));
        assertThat(((Verdict.Drop) again).counter()).contains(XfrmCounter.IN_STATE_SEQ_ERROR);
    }

    private SecurityAssociation insert(XfrmState.Builder state) {
        return namespace.states().insert(state.build()).association().orElseThrow();
    }

    private static XfrmState.Builder tunnel(boolean v6, String flag) {
        XfrmState.Builder state = state(
                        v6 ? "fec0::100" : "192.168.0.100", v6 ? "fec0::1" : "192.168.0.1", IpProtocol.AH, 0x111)
                .mode(Mode.TUNNEL)
                .algorithms(SHA256);
        return switch (flag) {
            case "esn" -> state.flags(StateFlags.NONE.with(StateFlag.ESN)).replay(extended());
            case "align4" -> state.flags(StateFlags.NONE.with(StateFlag.ALIGN4));
            case "window" -> state.replay(new ReplayState.Basic(32, 0, 0, 0));
            default -> state;
        };
    }

    private static ReplayState extended() {
        long last = ESN_HIGH << 32 | ESN_LOW;
        return new ReplayState.Extended(64, last, last, List.of(0, 0));
    }

    private static byte[] forwarded(byte[] plain) {
        PacketBuffer packet = PacketBuffer.of(plain);
        IpHeader header = IpHeader.read(packet).orElseThrow();
        header.hopLimit(header.hopLimit() - 1);
        header.finish(packet.length());
        return packet.toBytes();
    }
}
