package org.xfrmctl.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.sys.UdpEndpoint.Address;

/** On this machine's kernel, by routes alone; MtuIT has transforms. */
class SocketMtuTest {
    @RegisterExtension
    static final TestNamespace NAMESPACE = new TestNamespace();

    private static int ask(String from, String to, int mark) {
        return NetworkNamespace.named(NAMESPACE.name())
                .call(() ->
                        SocketMtu.of(new Address(IpAddress.parse(from), 0), new Address(IpAddress.parse(to), 9), mark));
    }

    @Test
    void aSocketIsToldTheMtuOfItsRoute() {
        NAMESPACE.ip("link add va mtu 1400 type veth peer name vb");
        NAMESPACE.ip("link set vb up");
        NAMESPACE.ip("address add 192.0.2.1/24 dev va");
        NAMESPACE.ip("address add 2001:db8::1/64 dev va nodad");
        NAMESPACE.ip("link set va up");
        NAMESPACE.ip("route add 198.51.100.0/24 via 192.0.2.2 mtu 1300");
        NAMESPACE.ip("route add 198.51.100.0/24 via 192.0.2.2 mtu 1200 table 100");
        NAMESPACE.ip("rule add fwmark 7 lookup 100");

        assertThat(ask("192.0.2.1", "192.0.2.2", 0)).isEqualTo(1400);
        assertThat(ask("2001:db8::1", "2001:db8::2", 0)).isEqualTo(1400);
        assertThat(ask("192.0.2.1", "198.51.100.1", 0)).isEqualTo(1300);
        assertThat(ask("192.0.2.1", "198.51.100.1", 7)).isEqualTo(1200);
        assertThatThrownBy(() -> ask("192.0.2.1", "203.0.113.1", 0))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.is(Errno.ENETUNREACH)).isTrue())
                .hasMessageContaining("connect to UDP 203.0.113.1:9");
        assertThatThrownBy(() -> ask("192.0.2.9", "192.0.2.2", 0)).hasMessageContaining("bind to UDP 192.0.2.9:0");
    }
}
