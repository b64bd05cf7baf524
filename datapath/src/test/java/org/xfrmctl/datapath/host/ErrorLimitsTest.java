package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;

/** As Linux 6.1 told of closed UDP ports: six at once, then one a second, and of an IPv6 network of 64 bits four. */
class ErrorLimitsTest {
    private static final IpAddress HOST = ip("192.0.2.1");

    private final HandClock clock = new HandClock();
    private final ErrorLimits limits = new ErrorLimits(clock::millis);

    /** Which of so many attempts are told, one each so many milliseconds. */
    private List<Integer> told(IpAddress to, int prefix, int attempts, int gap) {
        List<Integer> told = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            if (limits.allow(to, prefix)) {
                told.add(i);
            }
            clock.advanceMillis(gap);
        }
        return told;
    }

    @Test
    void sixAtOnceThenOneASecond() {
        assertThat(told(HOST, 24, 20, 10)).containsExactly(0, 1, 2, 3, 4, 5);
        clock.advance(8);
        assertThat(told(HOST, 24, 40, 250)).containsExactly(0, 1, 2, 3, 4, 5, 6, 8, 12, 16, 20, 24, 28, 32, 36);
    }

    @Test
    void widerNetworksOfIpv6AreToldMore() {
        assertThat(told(ip("2001:db8::1"), 64, 40, 25)).containsExactly(0, 1, 2, 3, 4, 5, 10, 20, 30);
        assertThat(told(ip("2001:db8::2"), 128, 40, 25)).hasSize(6);
    }

    @Test
    void eachHostHasItsOwn() {
        assertThat(told(HOST, 24, 20, 0)).hasSize(6);
        assertThat(told(ip("192.0.2.2"), 24, 20, 0)).hasSize(6);
    }

    @Test
    void allTogetherHaveFiftyAtOnce() {
        assertThat(IntStream.range(0, 200).filter(i -> limits.allow(ip("192.0.2." + i), 24)))
                .hasSize(50);
        clock.advanceMillis(20);
        assertThat(IntStream.range(0, 200).filter(i -> limits.allow(ip("198.51.100." + i), 24)))
                .hasSize(20);
    }

    private static PacketBuffer datagram(int port) {
        PacketBuffer payload = PacketBuffer.of(new byte[10]);
        UdpHeader.prepend(payload, 1234, port);
        return payload;
    }

    /** What path MTU discovery lives on is not counted. */
    @Test
    void thatSomethingIsTooLongIsSaidAlways() {
        Gateways gateways = Gateways.withAlice(1300);
        gateways.moon.limitErrors();
        EchoPath path = new EchoPath(Optional.empty(), ip("10.1.0.10"), 0, true);
        try (EchoSounder sounder = gateways.carol.openSounder(path)) {
            for (int i = 0; i < 100; i++) {
                assertThat(sounder.sound(1400, () -> false)).isEqualTo(new Heard.TooBig(ip("192.168.0.1"), 1300));
            }
        }
        int before = gateways.onWan.size();
        for (int i = 0; i < 20; i++) {
            gateways.carol.send(new Datagram(
                    Optional.empty(), ip("192.168.0.1"), UdpHeader.PROTOCOL, datagram(9000 + i), 0, Discovery.WANT));
        }
        assertThat(gateways.onWan.size() - before).isEqualTo(20 + 6);
    }
}
