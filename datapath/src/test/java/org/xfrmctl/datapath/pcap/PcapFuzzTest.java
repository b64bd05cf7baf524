package org.xfrmctl.datapath.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Any file is a capture, or is refused with the place. */
class PcapFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void file(byte[] bytes) throws IOException {
        try (PcapReader reader = new PcapReader(new ByteArrayInputStream(bytes))) {
            Optional<CapturedPacket> packet = reader.read();
            while (packet.isPresent()) {
                assertThat(packet.get().toString()).isNotEmpty();
                packet = reader.read();
            }
        } catch (PcapFormatException refused) {
            assertThat(refused.offset()).isBetween(0L, (long) bytes.length);
        }
    }
}
