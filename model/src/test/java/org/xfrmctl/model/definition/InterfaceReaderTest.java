package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

class InterfaceReaderTest {
    private static final String XFRM = "ipsec0: { type: xfrm, if_id: 42 }";

    /** The sample with interfaces. */
    private static String withInterfaces(String... interfaces) {
        return Sample.GOOD + "interfaces:\n  " + String.join("\n  ", interfaces) + "\n";
    }

    private static Definition read(String text) {
        return DefinitionReader.parse(text, Sample.FILE);
    }

    @Test
    void readsAllThatAnXfrmInterfaceMayHave() {
        Definition definition = read(withInterfaces(
                "ipsec0: { type: xfrm, if_id: 0xffffffff, dev: eth0, mtu: 1400, addresses: [10.9.0.1/30, \"fd00::1/64\"],"
                        + " routes: 10.2.0.0/16 }"));

        assertThat(definition.interfaces()).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo("ipsec0");
            assertThat(each.kind())
                    .isEqualTo(new LogicalInterface.Kind.Xfrm(new IfId(0xffffffff), Optional.of("eth0")));
            assertThat(each.mtu()).isEqualTo(OptionalInt.of(1400));
            assertThat(each.addresses()).containsExactly(IpPrefix.parse("10.9.0.1/30"), IpPrefix.parse("fd00::1/64"));
            assertThat(each.routes()).containsExactly(IpPrefix.parse("10.2.0.0/16"));
        });
    }

    @Test
    void readsAGreTunnel() {
        Definition definition =
                read(withInterfaces("gre1: { type: gre, local: 192.0.2.1, remote: 192.0.2.2, key: 7, ttl: 0 }"));

        assertThat(definition.interfaces().get(0).kind())
                .isEqualTo(new LogicalInterface.Kind.Tunnel(
                        LogicalInterface.Wrapping.GRE,
                        IpAddress.parse("192.0.2.1"),
                        IpAddress.parse("192.0.2.2"),
                        OptionalInt.of(7),
                        0));
    }

    @Test
    void aChildTakesTheIfIdOfItsInterfaceAlsoIfThatIsDefinedBelowIt() {
        Definition definition = read(
                withInterfaces(XFRM, "ipsec1: { type: xfrm, if_id: 43 }").replace("mode: tunnel", "interface: ipsec0"));
        Child child = definition.children().findFirst().orElseThrow();

        assertThat(child.policy().marks().ifIdIn()).isEqualTo(new IfId(42));
        assertThat(child.policy().marks().ifIdOut()).isEqualTo(new IfId(42));
        assertThat(definition.interfacesOf(Set.of(child.name())))
                .extracting(LogicalInterface::name)
                .containsExactly("ipsec0");
        assertThat(definition.interfacesOf(Set.of())).isEmpty();
    }

    @Test
    void aTransportChildUsesTheTunnelBetweenItsGateways() {
        Definition definition = read(withInterfaces(
                        "near: { type: ipip, local: 192.168.0.100, remote: 192.168.0.1 }",
                        "other: { type: ipip, local: 192.168.0.100, remote: 192.168.0.2 }")
                .replace("mode: tunnel", "mode: transport")
                .replace("10.1.0.0/16", "192.168.0.1/32"));

        assertThat(definition.interfacesOf(Set.of(new ChildName("home", "net"))))
                .extracting(LogicalInterface::name)
                .containsExactly("near");
    }

    @ParameterizedTest
    @CsvSource({
        "ipip, 192.168.0.1/32, true",
        "ipip, 192.168.0.1/32[4], true",
        "ipip, 192.168.0.1/32[gre], false",
        "gre, 192.168.0.1/32[gre], true",
        "gre, 192.168.0.1/32[4], false",
        "gre, 192.168.0.1/32[tcp/22], false"
    })
    void aTransportChildUsesNoTunnelWhosePacketsItDoesNotProtect(String type, String selector, boolean uses) {
        Definition definition =
                read(withInterfaces("near: { type: " + type + ", local: 192.168.0.100, remote: 192.168.0.1 }")
                        .replace("mode: tunnel", "mode: transport")
                        .replace("10.1.0.0/16", '"' + selector + '"'));

        assertThat(definition.interfacesOf(Set.of(new ChildName("home", "net"))).size())
                .isEqualTo(uses ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a-name-of-16-byte: { type: xfrm, if_id: 1 } | names of interfaces of up to 15 bytes
                    lo: { type: xfrm, if_id: 1 } | choose another
                    all: { type: xfrm, if_id: 1 } | choose another
                    default: { type: xfrm, if_id: 1 } | choose another
                    i: { type: xfrm, if_id: 1, addresses: 10.9.0.1/30, routes: 10.9.0.0/30 } | the route to 10.9.0.0/30 comes with the address 10.9.0.1/30
                    i: { type: gre, local: 1.2.3.4, remote: 1.2.3.5, routes: 1.2.3.5/32 } | leads what the tunnel sends into itself
                    i: { type: vti } | found "vti"; allowed are xfrm, gre and ipip
                    i: { if_id: 1 } | "type" is missing; allowed are xfrm, gre and ipip
                    i: { type: xfrm } | "if_id" is missing; give a number that no other interface has
                    i: { type: xfrm, if_id: 0 } | allowed is 1 to 0xffffffff; 0 means none
                    i: { type: xfrm, if_id: 1, key: 2 } | "key": an xfrm interface has none: its states say it; remove it
                    i: { type: xfrm, if_id: 1, mtu: 67 } | allowed are 68 to 65535
                    i: { type: xfrm, if_id: 1, mtu: 1279, routes: "fd00::/64" } | allowed are 1280 to 65535, for it carries IPv6
                    i: { type: xfrm, if_id: 1, routes: 10.1.2.3/16 } | it has bits behind its length; allowed is 10.1.0.0/16
                    i: { type: xfrm, if_id: 1, addresses: here } | found "here"; allowed is ADDRESS/LENGTH or a list of them
                    i: { type: xfrm, if_id: 1, mtus: 1400 } | unknown key; did you mean "mtu"?
                    i: { type: gre, local: 1.2.3.4 } | "remote" is missing; give the other gateway's address
                    i: { type: gre, local: 1.2.3.4, remote: 1.2.3.4 } | both ends are 1.2.3.4; they must differ
                    i: { type: gre, local: "fd00::1", remote: "fd00::2" } | tunnels over IPv6 are not supported; allowed is an IPv4 address
                    i: { type: gre, local: 1.2.3.4, remote: 1.2.3.5, if_id: 4 } | "if_id": that is for type xfrm; remove it
                    i: { type: ipip, local: 1.2.3.4, remote: 1.2.3.5, key: 4 } | "key": only GRE has keys; remove it
                    i: { type: ipip, local: 1.2.3.4, remote: 1.2.3.5, routes: "fd00::/64" } | ipip carries IPv4 alone; take gre or xfrm
                    """)
    void refuses(String entry, String words) {
        assertThatThrownBy(() -> read(withInterfaces(entry)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("home.yaml:19")
                .hasMessageContaining(words);
    }

    @Test
    void refusesTwoInterfacesWithOneIfIdOrOneRoute() {
        assertThatThrownBy(() -> read(withInterfaces(
                        "a: { type: xfrm, if_id: 42, routes: 10.2.0.0/16 }",
                        "b: { type: xfrm, if_id: 0x2a, routes: 10.2.0.0/16 }")))
                .hasMessageContaining("if_id 0x2a is that of the interface at conf/home.yaml:19:3")
                .hasMessageContaining("the route to 10.2.0.0/16 leads to the interface at conf/home.yaml:19:3");
    }

    @Test
    void refusesTwoTunnelsThatPacketsDoNotTellApart() {
        String gre = "{ type: gre, local: 192.0.2.1, remote: 192.0.2.2 }";

        assertThatThrownBy(() -> read(withInterfaces("a: " + gre, "b: " + gre)))
                .hasMessageContaining("its type, ends and key are those of the interface at conf/home.yaml:19:3");
        assertThat(read(withInterfaces(
                                "a: " + gre,
                                "b: " + gre.replace(" }", ", key: 7 }"),
                                "c: " + gre.replace("gre", "ipip")))
                        .interfaces())
                .hasSize(3);
    }

    @Test
    void refusesAnInterfaceOfAChildThatIsNotThereOrIsNoneForIt() {
        String gre = "gre1: { type: gre, local: 192.0.2.1, remote: 192.0.2.2 }";

        assertThatThrownBy(() -> read(withInterfaces(XFRM).replace("mode: tunnel", "interface: ipsec1")))
                .hasMessageContaining("found \"ipsec1\"; no interface has this name; did you mean \"ipsec0\"?");
        assertThatThrownBy(() -> read(withInterfaces(gre).replace("mode: tunnel", "interface: gre1")))
                .hasMessageContaining("that is of type gre, to which routes alone lead");
        assertThatThrownBy(() ->
                        read(withInterfaces(XFRM).replace("mode: tunnel", "interface: ipsec0\n        if_id_in: 42")))
                .hasMessageContaining("the interface says the if_id already; remove \"if_id_in\"");
    }
}
