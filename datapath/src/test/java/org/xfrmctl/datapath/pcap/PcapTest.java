package org.xfrmctl.datapath.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Bytes;

class PcapTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final Bytes PACKET = Bytes.parseHex("4500001412340000400100000a0300090a010009");

    @Test
    void writesTheDocumentedBytes() throws IOException {
        assertThat(HexFormat.of().formatHex(written()))
                .isEqualTo("4d3cb2a1" + "02000400" + "00000000" + "00000000" + "00000400" + "65000000" + "402aa469"
                        + "15cd5b07" + "14000000" + "14000000" + PACKET);
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        try (PcapReader reader = new PcapReader(new ByteArrayInputStream(written()))) {
            assertThat(reader.read()).contains(new CapturedPacket(TIME, PACKET));
            assertThat(reader.read()).isEmpty();
            assertThat(reader.read()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "raw, 101, ''",
        "Ethernet, 1, 0102030405060708090a0b0c0800",
        "one VLAN tag, 1, 0102030405060708090a0b0c810000010800",
        "two VLAN tags, 1, 0102030405060708090a0b0c88a80002810000010800",
        "cooked, 113, 00000001000601020304050600000800",
        "cooked 2, 276, 0800000000000003000100060102030405060000"
    })
    void skipsLinkHeaders(String name, int linkType, String header) throws IOException {
        byte[] ip = HexFormat.of().parseHex(header + PACKET);
        byte[] arp = HexFormat.of().parseHex(header.replace("0800", "0806") + "0001");
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (boolean nanoseconds : new boolean[] {false, true}) {
                byte[] file = file(order, nanoseconds, linkType, arp, ip);
                PcapReader reader = new PcapReader(new ByteArrayInputStream(file));
                int nano = nanoseconds ? 123456 : 123456000;
                assertThat(reader.read())
                        .contains(new CapturedPacket(Instant.ofEpochSecond(0xf0000000L, nano), PACKET));
                assertThat(reader.read()).isEmpty();
            }
        }
    }

    @Test
    void everyTruncationIsAnErrorOrTheEnd() throws IOException {
        byte[] file = written();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length == 24) {
                assertThat(new PcapReader(new ByteArrayInputStream(cut)).read()).isEmpty();
                continue;
            }
            assertThatThrownBy(() -> new PcapReader(new ByteArrayInputStream(cut)).read())
                    .as("%d bytes", length)
                    .isInstanceOf(PcapFormatException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0a0d0d0a, 0", "20, 93000000, 20", "32, ffffffff, 40", "32, 00001100, 40"})
    void refusesWhatItCannotRead(int at, String bytes, long offset) throws IOException {
        byte[] file = written();
        System.arraycopy(HexFormat.of().parseHex(bytes), 0, file, at, 4);
        assertThatThrownBy(() -> new PcapReader(new ByteArrayInputStream(file)).read())
                .isInstanceOfSatisfying(
                        PcapFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    private static byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(out)) {
            writer.write(TIME, PacketBuffer.of(PACKET.toArray()));
        }
        return out.toByteArray();
    }

    private static byte[] file(ByteOrder order, boolean nanoseconds, int linkType, byte[]... frames) {
        ByteBuffer file = ByteBuffer.allocate(1000).order(order);
        file.putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        file.putLong(0).putInt(65535).putInt(linkType);
        for (byte[] frame : frames) {
            file.putInt(0xf0000000)
                    .putInt(123456)
                    .putInt(frame.length)
                    .putInt(frame.length)
                    .put(frame);
        }
        return Arrays.copyOf(file.array(), file.position());
    }
}
