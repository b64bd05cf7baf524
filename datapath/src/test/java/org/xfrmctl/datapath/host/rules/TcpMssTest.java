package org.xfrmctl.datapath.host.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.model.IpAddress;

class TcpMssTest {
    private static final int TCP = 6;
    private static final IpAddress A4 = IpAddress.parse("10.1.0.1");
    private static final IpAddress B4 = IpAddress.parse("10.2.0.1");
    private static final IpAddress A6 = IpAddress.parse("fd01::1");
    private static final IpAddress B6 = IpAddress.parse("fd02::1");

    /** A segment with these options, which fill words, and a right checksum. */
    private static PacketBuffer segment(boolean v6, int control, byte[] options, byte[] data) {
        byte[] tcp = new byte[TcpHeader.LENGTH + options.length + data.length];
        tcp[12] = (byte) (((TcpHeader.LENGTH + options.length) / 4) << 4);
        tcp[13] = (byte) control;
        System.arraycopy(options, 0, tcp, TcpHeader.LENGTH, options.length);
        System.arraycopy(data, 0, tcp, TcpHeader.LENGTH + options.length, data.length);
        PacketBuffer packet = PacketBuffer.of(tcp);
        IpHeader ip = IpHeader.prepend(packet, v6 ? A6 : A4, v6 ? B6 : B4, TCP);
        TcpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip, tcp.length);
        ip.finish(packet.length());
        return packet;
    }

    private static boolean isSound(PacketBuffer packet) {
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        return TcpHeader.read(packet, ip.length()).orElseThrow().checksumIsValid(ip, packet.length() - ip.length());
    }

    private static byte[] hex(String words) {
        String digits = words.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    /** Whatever stands in the options, nothing but the MSS and the checksum changes, and neither to the worse. */
    @Test
    void nothingElseChanges() {
        long seed = System.nanoTime();
        System.out.println("TcpMssTest seed " + seed);
        Random random = new Random(seed);
        int lowered = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean v6 = random.nextBoolean();
            byte[] options = new byte[4 * random.nextInt(11)];
            random.nextBytes(options);
            int place = options.length < 4 ? -1 : random.nextInt(options.length - 3);
            if (place >= 0 && random.nextInt(8) > 0) {
                // What stands before it is mostly padding, so that it is found.
                for (int at = 0; at < place; at++) {
                    options[at] = (byte) random.nextInt(2);
                }
                options[place] = 2;
                options[place + 1] = (byte) (random.nextInt(8) == 0 ? random.nextInt(6) : 4);
            }
            byte[] data = new byte[random.nextInt(5)];
            random.nextBytes(data);
            PacketBuffer packet = segment(v6, random.nextInt(64), options, data);
            boolean wrong = random.nextInt(4) == 0;
            if (wrong) {
                int field = IpHeader.read(packet).orElseThrow().length() + 16;
                packet.u16(field, packet.u16(field) ^ (1 + random.nextInt(0xfffe)));
            }
            byte[] before = packet.toBytes();
            int most = random.nextInt(0x10000);

            boolean changed = TcpMss.lower(packet, most);

            byte[] after = packet.toBytes();
            int at = mssAt(before, v6 ? 40 : 20);
            boolean expected = at >= 0 && u16(before, at) > most;
            assertThat(changed).as("seed %d, packet %d", seed, i).isEqualTo(expected);
            if (expected) {
                lowered++;
                assertThat(u16(after, at)).isEqualTo(most);
                after[at] = before[at];
                after[at + 1] = before[at + 1];
                int checksum = (v6 ? 40 : 20) + 16;
                after[checksum] = before[checksum];
                after[checksum + 1] = before[checksum + 1];
                assertThat(isSound(packet)).as("seed %d, packet %d", seed, i).isEqualTo(!wrong);
            }
            assertThat(after).as("seed %d, packet %d", seed, i).isEqualTo(before);
        }
        assertThat(lowered).isGreaterThan(2_000);
    }

    /** A slow twin: where the value of the MSS stands in a whole packet; negative if nftables would find none. */
    private static int mssAt(byte[] packet, int tcp) {
        if ((packet[tcp + 13] & 2) == 0) {
            return -1;
        }
        int end = tcp + ((packet[tcp + 12] >> 4) & 0xf) * 4;
        for (int at = tcp + 20; at + 1 < end; ) {
            int length = packet[at + 1] & 0xff;
            if (packet[at] == 2) {
                return length >= 4 && at + length <= end ? at + 2 : -1;
            }
            boolean bare = packet[at] == 0 || packet[at] == 1 || length == 0;
            at += bare ? 1 : length;
        }
        return -1;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    @ParameterizedTest
    @CsvSource({
        "02 04 05 b4, 2, 1306, true",
        "02 04 05 b4, 18, 1306, true",
        "02 04 05 b4, 16, 1306, false",
        "02 04 05 b4, 2, 1460, false",
        "02 04 05 b4, 2, 9000, false",
        "01 01 02 04 05 b4 00 00, 2, 1306, true",
        "01 02 04 05 b4 00 00 00, 2, 1306, true",
        "02 03 05 b4, 2, 1306, false",
        "02 08 05 b4, 2, 1306, false",
        "03 03 07 01, 2, 1306, false",
        "04 00 02 04 05 b4 00 00, 2, 1306, true"
    })
    void theFirstOptionOfAnySynIsLowered(String options, int control, int most, boolean lowered) {
        for (boolean v6 : new boolean[] {false, true}) {
            PacketBuffer packet = segment(v6, control, hex(options), new byte[0]);

            assertThat(TcpMss.lower(packet, most)).isEqualTo(lowered);
            assertThat(isSound(packet)).isTrue();
        }
    }

    @Test
    void aLaterFragmentIsNoHeader() {
        PacketBuffer packet = segment(false, TcpHeader.SYN, hex("02 04 05 b4"), new byte[4]);
        packet.u16(6, 1);

        assertThat(TcpMss.lower(packet, 100)).isFalse();
    }
}
