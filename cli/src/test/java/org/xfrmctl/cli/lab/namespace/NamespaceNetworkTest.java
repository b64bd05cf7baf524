package org.xfrmctl.cli.lab.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.LabLinkSpec;
import org.xfrmctl.cli.lab.LabRouteSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

class NamespaceNetworkTest {
    private final LabHostSpec carol = new LabHostSpec(
            "carol",
            false,
            List.of(new LabInterfaceSpec(
                    "wan", List.of(IpPrefix.parse("192.168.0.100/24"), IpPrefix.parse("fec0::100/64")))),
            List.of(new LabRouteSpec(IpPrefix.parse("10.1.0.0/16"), IpAddress.parse("192.168.0.1"))));
    private final LabHostSpec moon = new LabHostSpec(
            "moon", true, List.of(new LabInterfaceSpec("wan", List.of(IpPrefix.parse("192.168.0.1/24")))), List.of());
    private final NamespaceNetwork network =
            new NamespaceNetwork(new LabTopology(List.of(carol, moon), List.of(new LabLinkSpec("wan", 1400))), "lab1");

    @Test
    void everyInterfaceIsACableToTheSwitch() {
        assertThat(network.cableBatch()).isEqualTo("""
                        link add name link0h0 mtu 1400 netns lab1-@switch type veth peer name wan mtu 1400 netns lab1-carol
                        link add name link0h1 mtu 1400 netns lab1-@switch type veth peer name wan mtu 1400 netns lab1-moon
                        """);
        assertThat(network.switchBatch()).isEqualTo("""
                        link add name link0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
                        link set link0 mtu 1400 up
                        link set link0h0 master link0 up
                        link set link0h1 master link0 up
                        """);
    }

    @Test
    void addressesComeBeforeRoutesAndOnlyIpv6NeedsALinkLocalOne() {
        assertThat(network.hostBatch(carol)).isEqualTo("""
                        link set lo up
                        link set wan up
                        addr add fe80::1/64 dev wan nodad
                        addr add 192.168.0.100/24 dev wan
                        addr add fec0::100/64 dev wan nodad
                        route add 10.1.0.0/16 via 192.168.0.1
                        """);
        assertThat(network.hostBatch(moon)).doesNotContain("fe80");
    }

    @Test
    void onlyARouterForwards() {
        assertThat(NamespaceSettings.ofHost(true).values())
                .containsEntry("ipv4/ip_forward", "1")
                .containsEntry("ipv6/conf/all/forwarding", "1");
        assertThat(NamespaceSettings.ofHost(false).values())
                .containsEntry("ipv4/ip_forward", "0")
                .containsEntry("ipv6/conf/all/forwarding", "0");
    }

    @Test
    void anUnknownLinkIsNamed() {
        assertThatThrownBy(() -> network.link("lan")).hasMessage("the lab has no link lan");
    }
}
