package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.Refusals.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.sys.NetlinkProtocol;

/** Addresses on this machine's kernel. */
@Timeout(20)
class KernelAddressesTest {
    @RegisterExtension
    static final TestNamespace NAMESPACE = new TestNamespace();

    private RouteClient client;
    private int va;

    @BeforeEach
    void makeLinks() {
        client = new RouteClient(NAMESPACE.open(NetlinkProtocol.ROUTE));
        client.addLink(new NewLink.Veth("va", "vb"));
        va = client.findLink("va").orElseThrow().index();
    }

    @AfterEach
    void deleteLinks() {
        client.deleteLink(va);
        client.close();
    }

    @Test
    void whatIsAddedIsWhatIpShows() {
        LinkAddress four = address("192.0.2.1/24");
        LinkAddress near = address("192.0.2.65/26").withScope(Scope.LINK);
        LinkAddress six = address("2001:db8::1/64").withoutDad();
        List.of(four, near, six).forEach(client::addAddress);
        assertThat(shown("va"))
                .containsExactlyInAnyOrder(
                        "192.0.2.1/24 global nodad=false",
                        "192.0.2.65/26 link nodad=false",
                        "2001:db8::1/64 global nodad=true");
        List.of(four, near, six).forEach(client::deleteAddress);
        assertThat(shown("va")).isEmpty();
    }

    @Test
    void whatIpAddsIsListed() {
        NAMESPACE.ip("link set lo up");
        NAMESPACE.ip("address add 192.0.2.1/24 brd + dev va");
        NAMESPACE.ip("address add 192.0.2.129 peer 192.0.2.130/30 dev va");
        NAMESPACE.ip("address add 2001:db8::1/64 dev va nodad valid_lft 1000 preferred_lft 500");
        NAMESPACE.ip("address add 2001:db8::5 peer 2001:db8::6/126 dev va");
        // va stays down, so that the kernel adds no address meanwhile and what is tentative stays so.
        List<LinkAddress> listed = client.listAddresses(va);
        assertThat(client.listAddresses()).containsAll(listed).hasSizeGreaterThan(listed.size());
        List<JsonNode> shown = infos("va");
        assertThat(listed).hasSameSizeAs(shown);
        for (JsonNode one : shown) {
            IpAddress local = IpAddress.parse(one.path("local").asText());
            LinkAddress address = listed.stream()
                    .filter(each -> each.prefix().address().equals(local))
                    .findFirst()
                    .orElseThrow();
            assertThat(address.prefix().length())
                    .isEqualTo(one.path("prefixlen").asInt());
            assertThat(address.scope()).hasToString(one.path("scope").asText());
            assertThat(address.peer().map(IpAddress::toString).orElse(""))
                    .isEqualTo(one.path("address").asText());
            assertThat(address.flags().isWithoutDad())
                    .isEqualTo(one.path("nodad").asBoolean());
            assertThat(address.flags().isTentative())
                    .isEqualTo(one.path("tentative").asBoolean());
            assertThat(address.flags().isPermanent())
                    .isEqualTo(one.path("valid_life_time").asLong() == 0xffffffffL);
        }
        assertThat(client.listAddresses(1).stream().map(LinkAddress::scope)).containsOnly(Scope.HOST);
    }

    @Test
    void anAddressThatWasListedComesBackAsItWas() {
        NAMESPACE.ip("address add 192.0.2.1/24 brd + dev va label va:x");
        NAMESPACE.ip("address add 192.0.2.129 peer 192.0.2.130/30 dev va");
        List<LinkAddress> before = client.listAddresses(va);
        List<JsonNode> shown = infos("va");
        before.forEach(client::deleteAddress);
        assertThat(client.listAddresses(va)).isEmpty();
        before.forEach(client::addAddress);
        assertThat(infos("va")).isEqualTo(shown);
    }

    @Test
    void anAddressThatIsThereIsRefusedAndShown() {
        client.addAddress(address("192.0.2.1/24"));
        NetlinkException refusal = refused(
                () -> client.addAddress(address("192.0.2.1/24")),
                Errno.EEXIST,
                "add address 192.0.2.1/24 dev " + va + " scope global",
                "in the way: 192.0.2.1/24 dev " + va);
        assertThat(refusal.hint().orElse("")).contains("already");
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        client.addAddress(address("192.0.2.1/24"));
        for (String other : Set.of("192.0.2.1/25", "192.0.2.2/24", "2001:db8::1/64")) {
            refused(
                    () -> client.deleteAddress(address(other)),
                    Errno.EADDRNOTAVAIL,
                    "delete address " + other + " dev " + va + " scope global",
                    "does not have this address");
        }
    }

    @Test
    void aLinkThatIsNotThereIsNamed() {
        for (String one : Set.of("192.0.2.1/24", "2001:db8::1/64")) {
            refused(
                    () -> client.addAddress(LinkAddress.of(4711, IpPrefix.parse(one))),
                    Errno.ENODEV,
                    "add address " + one + " dev 4711 scope global",
                    "may be gone");
        }
        refused(() -> client.listAddresses(4711), Errno.ENODEV, "list addresses", "may be gone");
    }

    @Test
    void ipv6ThatIsSwitchedOffIsTold() {
        NAMESPACE.ip("netns exec " + NAMESPACE.name() + " sysctl -qw net.ipv6.conf.va.disable_ipv6=1");
        refused(
                () -> client.addAddress(address("2001:db8::1/64")),
                Errno.EACCES,
                "add address 2001:db8::1/64 dev " + va + " scope global",
                "disable_ipv6");
    }

    private LinkAddress address(String prefix) {
        return LinkAddress.of(va, IpPrefix.parse(prefix));
    }

    private static List<JsonNode> infos(String link) {
        List<JsonNode> infos = new ArrayList<>();
        NAMESPACE.json("address show " + link).get(0).path("addr_info").forEach(infos::add);
        return infos;
    }

    private static List<String> shown(String link) {
        return infos(link).stream()
                .map(info -> info.path("local").asText() + "/"
                        + info.path("prefixlen").asInt() + " "
                        + info.path("scope").asText() + " nodad="
                        + info.path("nodad").asBoolean())
                .toList();
    }
}
