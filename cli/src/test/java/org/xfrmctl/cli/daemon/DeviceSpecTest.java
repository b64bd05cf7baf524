package org.xfrmctl.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.sys.UdpEndpoint;

/** Devices and routes of the command line. */
class DeviceSpecTest {
    @Test
    void everyKindIsRead() {
        List<IpPrefix> addresses = List.of(IpPrefix.parse("10.1.0.1/24"), IpPrefix.parse("fd00::1/64"));
        String tail = ",address=10.1.0.1/24,address=fd00::1/64";

        assertThat(DeviceSpec.parse("tun,name=t0" + tail)).isEqualTo(new DeviceSpec.Tun("t0", addresses, 1500));
        assertThat(DeviceSpec.parse("tun,mtu=1400,name=t0" + tail))
                .isEqualTo(new DeviceSpec.Tun("t0", addresses, 1400));
        assertThat(DeviceSpec.parse("packet,name=v0" + tail)).isEqualTo(new DeviceSpec.Packet("v0", addresses));
        assertThat(DeviceSpec.parse("udp,local=127.0.0.1:1,remote=[::1]:65535,peer=10.1.0.2" + tail))
                .isEqualTo(new DeviceSpec.Udp(
                        new UdpEndpoint.Address(IpAddress.parse("127.0.0.1"), 1),
                        new UdpEndpoint.Address(IpAddress.parse("::1"), 65535),
                        IpAddress.parse("10.1.0.2"),
                        addresses));
    }

    @Test
    void routesAreRead() {
        IpPrefix destination = IpPrefix.parse("10.2.0.0/16");
        IpAddress via = IpAddress.parse("10.1.0.2");

        assertThat(RouteSpec.parse("10.2.0.0/16,via=10.1.0.2"))
                .isEqualTo(new RouteSpec(destination, via, Optional.empty()));
        assertThat(RouteSpec.parse("10.2.0.0/16,via=10.1.0.2,source=10.1.0.1"))
                .isEqualTo(new RouteSpec(destination, via, Optional.of(IpAddress.parse("10.1.0.1"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tap,name=t;is no kind of device: tun, packet or udp",
                "tun,name=t;has no address=ADDRESS/LENGTH",
                "tun,address=10.0.0.1/24;has 0 of name=, which has to be there once",
                "tun,name=t,name=u,address=10.0.0.1/24;has 2 of name=",
                "tun,name=t,address=10.0.0.1/24,mtu=67;mtu=67",
                "tun,name=t,address=10.0.0.1/24,mut=1400;\"mut\"",
                "packet,name;\"name\" in \"packet,name\" is no KEY=VALUE",
                "packet,name=t,address=10.0.0.1/33;33",
                "udp,local=1.2.3.4,remote=1.2.3.4:5,peer=1.2.3.4,address=1.2.3.5/24;\"1.2.3.4\" is no ADDRESS:PORT",
                "udp,local=::1:5,remote=1.2.3.4:5,peer=1.2.3.4,address=1.2.3.5/24;an IPv6 address stands in brackets",
                "udp,local=1.2.3.4:65536,remote=1.2.3.4:5,peer=1.2.3.4,address=1.2.3.5/24;\"1.2.3.4:65536\""
            })
    void whatIsWrongIsNamed(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceSpec.parse(text))
                .withMessageContaining(named);
    }
}
