package org.xfrmctl.datapath.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;

/** What goes through the socket, and what stays outside. */
class UdpDeviceTest {
    private final List<String> sent = new ArrayList<>();
    private final List<byte[]> delivered = new ArrayList<>();

    private void note(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        sent.add(HexFormat.of().formatHex(copy));
    }

    private UdpDevice device(String own, String peer) {
        return new UdpDevice(ip(own), ip(peer), this::note, delivered::add);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2", "2001:db8::1, 2001:db8::2"})
    void takesTheHeadersOffAndPutsThemOn(String own, String peer) {
        byte[] esp = HexFormat.of().parseHex("000001010000000102030405");
        UdpDevice there = device(peer, own);
        there.arrive(ByteBuffer.wrap(esp));
        PacketBuffer packet = PacketBuffer.of(delivered.get(0));
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        UdpHeader udp = UdpHeader.read(packet, ip.length()).orElseThrow();
        assertThat(List.of(ip.source(), ip.destination())).containsExactly(ip(own), ip(peer));
        assertThat(List.of(udp.sourcePort(), udp.destinationPort())).containsExactly(4500, 4500);
        assertThat(udp.checksumIsValid(ip)).isTrue();
        device(own, peer).receive(delivered.get(0));
        assertThat(sent).containsExactly("000001010000000102030405");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ff", "00000000", "0000000012345678", "000001"})
    void keepalivesAndIkeAreNotEsp(String data) {
        device("192.0.2.1", "192.0.2.2").arrive(ByteBuffer.wrap(HexFormat.of().parseHex(data)));
        assertThat(delivered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "45000014000000004032000001020304 05060708",
                "4500001c000000004001000001020304050607080800f7ff00000000",
                "4500001c000020004011000001020304050607081194119400080000",
                "4500001c000000004011000001020304050607081194007b00080000",
                "ff"
            })
    void whatIsNoEspInUdpIsLost(String packet) {
        device("192.0.2.1", "192.0.2.2").receive(HexFormat.of().parseHex(packet.replace(" ", "")));
        assertThat(sent).isEmpty();
    }

    @Test
    void bothEndsAreOfOneFamily() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device("192.0.2.1", "2001:db8::2"))
                .withMessageContaining("2001:db8::2");
    }
}
