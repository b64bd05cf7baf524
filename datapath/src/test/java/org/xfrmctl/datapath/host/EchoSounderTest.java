package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;
import org.xfrmctl.netlink.Errno;

/** As {@code EchoSocketTest} of netlink has it on Linux. */
class EchoSounderTest {
    private static List<Heard> sound(Host host, EchoPath path, int... sizes) {
        try (EchoSounder sounder = host.openSounder(path)) {
            return Arrays.stream(sizes)
                    .mapToObj(size -> sounder.sound(size, () -> false))
                    .toList();
        }
    }

    private static EchoPath to(String address, boolean untaught) {
        return new EchoPath(Optional.empty(), ip(address), 0, untaught);
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.10, 192.168.0.1", "fd01::10, fec0::1"})
    void itTellsWhoSaidWhatAndThenThatThisHostKnows(String alice, String moon) {
        Gateways gateways = Gateways.withAlice(1300);
        IpAddress router = ip(moon);

        assertThat(sound(gateways.carol, to(alice, false), 1300, 1500, 1500, 1301, 1300))
                .containsExactly(
                        new Heard.Answer(),
                        new Heard.TooBig(router, 1300),
                        new Heard.Refused(1300),
                        new Heard.Refused(1300),
                        new Heard.Answer());
        assertThat(sound(gateways.carol, to(alice, true), 1400, 1501))
                .containsExactly(new Heard.TooBig(router, 1300), new Heard.Refused(1500));
    }

    @ParameterizedTest
    @CsvSource({"V4, 1446", "V6, 1426"})
    void aTunnelRefusesWhatItDoesNotTake(String family, int mtu) {
        Plan plan = Plan.of(family.equals("V6"));
        Gateways gateways = Gateways.withAlice().espTunnel(plan);

        assertThat(sound(gateways.carol, to(plan.alice(), false), mtu, mtu + 1, 1500))
                .containsExactly(new Heard.Answer(), new Heard.Refused(mtu), new Heard.Refused(mtu));
    }

    @Test
    void whoCannotDeliverSaysSo() {
        Gateways gateways = Gateways.withAlice();
        gateways.carol.route(net("203.0.113.0/24"), ip("192.168.0.1"));

        assertThat(sound(gateways.carol, to("203.0.113.1", false), 84))
                .containsExactly(new Heard.Undelivered(ip("192.168.0.1"), Errno.ENETUNREACH.text()));
        assertThat(sound(gateways.carol, to("198.51.100.1", false), 84))
                .containsExactly(new Heard.Unsent(Errno.ENETUNREACH.text()));
        assertThat(sound(gateways.carol, to("10.1.0.99", false), 84)).containsExactly(new Heard.Silence());
    }
}
