package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

/** Pings of iputils 20221126 on Linux 6.1, captured with tcpdump: with the same free fields we send the same bytes. */
class ReplayedPingTest {
    /** The free fields of one captured ping. */
    private record Captured(int ipId, int pingId, Bytes pingTimestamp) implements Identifiers {
        @Override
        public int fragmentId() {
            throw new AssertionError("nothing was fragmented");
        }

        @Override
        public int flowLabel() {
            throw new AssertionError("it was IPv4");
        }
    }

    /** Is there, so that packets are sent, and answers none. */
    private record SilentNeighbour(IpAddress address, List<byte[]> seen) implements Port {
        @Override
        public boolean owns(IpAddress other) {
            return address.equals(other);
        }

        @Override
        public void receive(byte[] packet) {
            seen.add(packet);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "56, 8f91, 718, e1c7046b000000001bc6010000000000, 450000548f914000400129 62c0a80064c0a80001 08003365 02ce0001"
                + " e1c7046b000000001bc6010000000000 1011121314151617 18191a1b1c1d1e1f 2021222324252627"
                + " 28292a2b2c2d2e2f 3031323334353637",
        "10, 8fa0, 721, 00000000000000000000000000000000, 450000268fa0400040012981 c0a80064c0a80001 0800e114 02d10001"
                + " 00010203040506070809"
    })
    void request(int size, String ipId, int pingId, String timestamp, String expected) {
        Network network = new Network();
        Link link = network.link("wan", 1500);
        List<byte[]> seen = new ArrayList<>();
        link.attach(new SilentNeighbour(ip("192.168.0.1"), seen));
        Captured captured = new Captured(Integer.parseInt(ipId, 16), pingId, Bytes.parseHex(timestamp));
        Host carol = new Host("carol", network, new HandClock(), new Random(1), captured);
        carol.attach("v0", link, List.of(net("192.168.0.100/24")));
        carol.ping(PingOptions.of(ip("192.168.0.1"), size));
        assertThat(seen).hasSize(1);
        assertThat(Bytes.of(seen.get(0))).hasToString(expected.replace(" ", ""));
    }
}
