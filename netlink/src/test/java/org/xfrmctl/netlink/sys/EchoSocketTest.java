package org.xfrmctl.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.TestNamespace;

/** A host, a router whose far link has 1300 bytes, and a host behind it, on this machine's kernel; by both kinds of socket. */
class EchoSocketTest {
    /** For what comes at once; only a failure waits so long. */
    private static final int MILLIS = 5_000;

    @RegisterExtension
    static final TestNamespace HOST = new TestNamespace("host");

    @RegisterExtension
    static final TestNamespace ROUTER = new TestNamespace("router");

    @RegisterExtension
    static final TestNamespace FAR = new TestNamespace("far");

    @BeforeAll
    static void cable() {
        HOST.ip("link add near type veth peer name near netns " + ROUTER.name());
        FAR.ip("link add far mtu 1300 type veth peer name far mtu 1300 netns " + ROUTER.name());
        for (TestNamespace each : List.of(HOST, ROUTER, FAR)) {
            each.ip("link set lo up");
        }
        up(HOST, "near", "192.0.2.1/24", "2001:db8:1::1/64");
        up(ROUTER, "near", "192.0.2.254/24", "2001:db8:1::254/64");
        up(ROUTER, "far", "198.51.100.254/24", "2001:db8:2::254/64");
        up(FAR, "far", "198.51.100.1/24", "2001:db8:2::1/64");
        HOST.ip("route add default via 192.0.2.254");
        HOST.ip("route add default via 2001:db8:1::254");
        FAR.ip("route add default via 198.51.100.254");
        FAR.ip("route add default via 2001:db8:2::254");
        ROUTER.set("net/ipv4/ip_forward", "1");
        ROUTER.set("net/ipv6/conf/all/forwarding", "1");
    }

    private static void up(TestNamespace host, String device, String four, String six) {
        host.ip("address add " + four + " dev " + device);
        host.ip("address add " + six + " dev " + device + " nodad");
        host.ip("link set " + device + " up");
    }

    /** What comes of packets of these sizes, one after the other. */
    private static List<Heard> sounding(EchoPath path, int millis, int... sizes) {
        return NetworkNamespace.named(HOST.name()).call(() -> {
            try (EchoSocket socket = EchoSocket.open(path, 0x1234)) {
                return Arrays.stream(sizes)
                        .mapToObj(size -> socket.sound(size, millis))
                        .toList();
            }
        });
    }

    private static EchoPath to(String address) {
        return new EchoPath(Optional.empty(), IpAddress.parse(address), 0, false);
    }

    /** Who may have ping sockets: nobody, or everybody. */
    private static void pingGroups(boolean raw) {
        HOST.set("net/ipv4/ping_group_range", raw ? "1 0" : "0 2147483647");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, 192.0.2.254, false",
        "198.51.100.1, 192.0.2.254, true",
        "2001:db8:2::1, 2001:db8:1::254, false",
        "2001:db8:2::1, 2001:db8:1::254, true"
    })
    void itTellsWhoSaidWhatAndThenThatThisHostKnows(String far, String router, boolean raw) {
        pingGroups(raw);
        HOST.ip("route flush cache");
        HOST.ip("-6 route flush cache");

        assertThat(sounding(to(far), MILLIS, 1300, 1500, 1500, 1301, 1300))
                .containsExactly(
                        new Heard.Answer(),
                        new Heard.TooBig(IpAddress.parse(router), 1300),
                        new Heard.Refused(1300),
                        new Heard.Refused(1300),
                        new Heard.Answer());
        // As if nothing had been learnt.
        EchoPath untaught = new EchoPath(Optional.empty(), IpAddress.parse(far), 0, true);
        assertThat(sounding(untaught, MILLIS, 1400, 1501))
                .containsExactly(new Heard.TooBig(IpAddress.parse(router), 1300), new Heard.Refused(1500));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoCannotDeliverSaysSo(boolean raw) {
        pingGroups(raw);

        assertThat(sounding(to("203.0.113.1"), MILLIS, 84))
                .containsExactly(new Heard.Undelivered(IpAddress.parse("192.0.2.254"), Errno.ENETUNREACH.text()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReplyThatDoesNotComeIsSilence(boolean raw) {
        pingGroups(raw);
        FAR.ip("route replace blackhole 192.0.2.77");
        HOST.ip("address replace 192.0.2.77/32 dev near");
        EchoPath unanswered =
                new EchoPath(Optional.of(IpAddress.parse("192.0.2.77")), IpAddress.parse("198.51.100.1"), 0, false);

        assertThat(sounding(unanswered, 50, 84)).containsExactly(new Heard.Silence());
    }

    @Test
    void whatCannotBeSentIsAnError() {
        EchoPath foreign =
                new EchoPath(Optional.of(IpAddress.parse("192.0.2.9")), IpAddress.parse("198.51.100.1"), 0, false);
        assertThatThrownBy(() -> sounding(foreign, MILLIS, 84))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.is(Errno.EADDRNOTAVAIL)).isTrue())
                .hasMessageContaining("send from 192.0.2.9");
        assertThatThrownBy(() -> to("198.51.100.1").data(27)).hasMessageContaining("the least has 28");
    }
}
