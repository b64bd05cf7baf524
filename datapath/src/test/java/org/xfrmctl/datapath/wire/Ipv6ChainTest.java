package org.xfrmctl.datapath.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.IpAddress;

class Ipv6ChainTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, 17, '', 40, 6, -1, 40, 6",
        "hop-by-hop, 0, 1100000000000000, 48, 40, -1, 48, 40",
        "destination options alone, 60, 1100000000000000, 48, 40, -1, 40, 6",
        "destination options before routing, 60, 2b00000000000000 1100000000000000, 56, 48, -1, 56, 48",
        "routing before destination options, 43, 3c00000000000000 1100000000000000, 56, 48, -1, 48, 40",
        "hop-by-hop and fragment, 0, 2c00000000000000 1100000100000007, 56, 48, 48, 48, 40",
        "fragment then routing, 44, 2b00000100000007 1100000000000000, 56, 48, 40, 40, 6",
    })
    void findsUpperProtocolAndInsertionPoint(
            String name, int next, String headers, int offset, int field, int fragment, int insertAt, int insertField) {
        PacketBuffer packet = PacketBuffer.of(HexFormat.of().parseHex(headers.replace(" ", "") + "03e807d000080000"));
        Ipv6Header.prepend(packet, IpAddress.parse("fd03::9"), IpAddress.parse("fd01::9"), next);
        assertThat(Ipv6Chain.walk(packet)).isEqualTo(new Ipv6Chain(17, offset, field, fragment, insertAt, insertField));
    }

    @Test
    void readsBackAFragmentHeader() {
        PacketBuffer packet = PacketBuffer.of(HexFormat.of().parseHex("a5a5a5a5a5a5a5a5"));
        FragmentHeader.write(packet, 0, 17, 1448, true, 0xdeadbeef);
        FragmentHeader header = FragmentHeader.read(packet, 0).orElseThrow();
        assertThat(packet.toBytes()).isEqualTo(HexFormat.of().parseHex("110005a9deadbeef"));
        assertThat(header.nextHeader()).isEqualTo(17);
        assertThat(header.offset()).isEqualTo(1448);
        assertThat(header.more()).isTrue();
        assertThat(header.identification()).isEqualTo(0xdeadbeef);
        assertThat(FragmentHeader.read(packet, 1)).isEmpty();
    }
}
