package org.xfrmctl.datapath.ipcomp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Cpi;

/** Decompression takes any bytes; compression loses none. */
class IpcompFuzzTest {
    private static final Cpi CPI = new Cpi(0x1001);

    @FuzzTest(maxDuration = "1m")
    void decompress(byte[] bytes) {
        PacketBuffer packet = PacketBuffer.of(bytes);
        int nextHeader = IpcompTransform.deflate(CPI).decompress(packet);
        if (nextHeader == IpcompTransform.PROTO_ERROR) {
            assertThat(packet.toBytes()).isEqualTo(bytes);
        } else {
            assertThat(nextHeader).isEqualTo(bytes[0] & 0xff);
            assertThat(packet.length()).isBetween(bytes.length, IpcompTransform.MAX_LENGTH);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void compress(byte[] bytes) {
        IpcompTransform transform = IpcompTransform.deflate(CPI);
        PacketBuffer packet = PacketBuffer.of(bytes);
        if (transform.compress(packet, 6)) {
            assertThat(packet.length()).isLessThan(bytes.length);
            assertThat(transform.decompress(packet)).isEqualTo(6);
        }
        assertThat(packet.toBytes()).isEqualTo(bytes);
    }
}
