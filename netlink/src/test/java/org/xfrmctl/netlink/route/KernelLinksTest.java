package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.Refusals.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xfrmctl.model.IfId;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.sys.NetlinkProtocol;

/** Links of this machine's kernel, which has veth, bridges and TUN but neither dummies nor xfrm interfaces. */
@Timeout(20)
class KernelLinksTest {
    @RegisterExtension
    static final TestNamespace NAMESPACE = new TestNamespace();

    @RegisterExtension
    static final TestNamespace ELSEWHERE = new TestNamespace("elsewhere");

    private RouteClient client;

    @BeforeEach
    void openClient() {
        client = new RouteClient(NAMESPACE.open(NetlinkProtocol.ROUTE));
    }

    @AfterEach
    void deleteLinksAndClose() {
        client.listLinks().stream()
                .filter(link -> link.kind().name().isPresent())
                .forEach(link -> client.findLink(link.name()).ifPresent(there -> client.deleteLink(there.index())));
        client.close();
    }

    @Test
    void whatIsMadeIsWhatIpShows() {
        client.addLink(new NewLink.Veth("va", "vb"));
        int va = index("va");
        JsonNode shown = NAMESPACE.json("link show va").get(0);
        assertThat(shown.path("ifindex").asInt()).isEqualTo(va);
        assertThat(shown.path("linkinfo").path("info_kind").asText()).isEqualTo("veth");
        assertThat(shown.path("link").asText()).isEqualTo("vb");
        assertThat(flags(shown)).doesNotContain("UP");

        client.setUp(va);
        client.setUp(index("vb"));
        client.setMtu(va, 1400);
        shown = NAMESPACE.json("link show va").get(0);
        assertThat(shown.path("mtu").asInt()).isEqualTo(1400);
        assertThat(flags(shown)).contains("UP", "LOWER_UP");
        client.setUp(1);
        assertThat(client.findLink("lo").orElseThrow().flags().isRunning()).isTrue();

        client.setDown(va);
        assertThat(flags(NAMESPACE.json("link show va").get(0))).doesNotContain("UP");
        assertThat(client.findLink("va").orElseThrow().flags().isUp()).isFalse();
        client.deleteLink(va);
        assertThat(NAMESPACE.json("link show"))
                .extracting(link -> link.path("ifname").asText())
                .containsExactly("lo");
        assertThat(client.findLink("vb")).isEmpty();
    }

    @Test
    void whatIpMakesIsListed() {
        NAMESPACE.ip("link add br0 type bridge");
        NAMESPACE.ip("link add va mtu 1300 type veth peer name vb");
        NAMESPACE.ip("link set vb master br0 up");
        List<JsonNode> shown = NAMESPACE.json("link show");
        List<Link> listed = client.listLinks();
        assertThat(listed).hasSameSizeAs(shown);
        for (JsonNode one : shown) {
            Link link = client.findLink(one.path("ifindex").asInt()).orElseThrow();
            assertThat(listed).contains(link);
            assertThat(link.name()).isEqualTo(one.path("ifname").asText());
            assertThat(link.mtu()).isEqualTo(one.path("mtu").asInt());
            assertThat(link.kind().name().orElse(""))
                    .isEqualTo(one.path("linkinfo").path("info_kind").asText());
            assertThat(link.flags().isUp()).isEqualTo(flags(one).contains("UP"));
            assertThat(link.flags().hasCarrier()).isEqualTo(flags(one).contains("LOWER_UP"));
            assertThat(link.flags().isLoopback()).isEqualTo(flags(one).contains("LOOPBACK"));
            assertThat(name(link.relations().master()))
                    .isEqualTo(one.path("master").asText());
            assertThat(name(link.relations().lower()))
                    .isEqualTo(one.path("link").asText());
            assertThat(link.relations().lowerNamespace()).isEmpty();
        }
        assertThat(listed.stream().map(Link::toString))
                .anyMatch(text -> text.startsWith("br0 (index ") && text.endsWith(", bridge)"));
    }

    @Test
    void aPeerInAnotherNamespaceIsToldByItsNamespacesId() {
        client.addLink(new NewLink.Veth("va", "vb"));
        NAMESPACE.ip("link set vb netns " + ELSEWHERE.name());
        Link link = client.findLink("va").orElseThrow();
        assertThat(link.relations().lowerNamespace())
                .hasValue(NAMESPACE
                        .json("link show va")
                        .get(0)
                        .path("link_netnsid")
                        .asInt(-1));
        assertThat(link.relations().lower()).isPresent();
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(client.findLink("nowhere0")).isEmpty();
        assertThat(client.findLink(4711)).isEmpty();
        refused(() -> client.setUp(4711), Errno.ENODEV, "set up link 4711", "may be gone");
        refused(() -> client.setMtu(4711, 1400), Errno.ENODEV, "set MTU 1400 of link 4711", "may be gone");
        refused(() -> client.deleteLink(4711), Errno.ENODEV, "delete link 4711", "may be gone");
    }

    @Test
    void aNameThatIsTakenIsRefusedWithTheLinkThatHasIt() {
        client.addLink(new NewLink.Veth("va", "vb"));
        NetlinkException refusal = refused(
                () -> client.addLink(new NewLink.Veth("va", "vc")),
                Errno.EEXIST,
                "add link va type veth peer vc",
                "name");
        assertThat(refusal.advice())
                .contains("in the way: " + client.findLink("va").orElseThrow());
    }

    @Test
    void anMtuThatTheLinkCannotHaveIsRefusedInTheKernelsWords() {
        client.addLink(new NewLink.Veth("va", "vb"));
        NetlinkException refusal =
                refused(() -> client.setMtu(index("va"), 20), Errno.EINVAL, "set MTU 20 of link " + index("va"), "");
        assertThat(refusal.refusal().kernel().text()).contains("mtu less than device minimum");
    }

    @Test
    void aKernelWithoutXfrmInterfacesIsToldFromOthers() {
        NewLink xfrm = new NewLink.Xfrm("ipsec0", new IfId(42), OptionalInt.of(1));
        NetlinkException refusal = refused(
                () -> client.addLink(xfrm),
                Errno.EOPNOTSUPP,
                "add link ipsec0 type xfrm if_id 0x2a dev 1",
                "CONFIG_XFRM_INTERFACE");
        assertThat(refusal.refusal().kernel().text()).contains("Unknown device type");
        refused(
                () -> client.addLink(new NewLink.Dummy("dummy7")),
                Errno.EOPNOTSUPP,
                "add link dummy7 type dummy",
                "no links of type dummy");
    }

    @Test
    void theLinkOfADeviceCannotBeDeleted() {
        refused(() -> client.deleteLink(1), Errno.EOPNOTSUPP, "delete link 1", "only links that were made");
    }

    private int index(String name) {
        return client.findLink(name).orElseThrow().index();
    }

    private String name(OptionalInt index) {
        return index.isEmpty()
                ? ""
                : client.findLink(index.getAsInt()).orElseThrow().name();
    }

    private static List<String> flags(JsonNode link) {
        List<String> flags = new ArrayList<>();
        link.path("flags").forEach(flag -> flags.add(flag.asText()));
        return flags;
    }
}
