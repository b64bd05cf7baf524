package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.Request;

class RouteDiagnosisTest {
    private static final RouteDiagnosis DIAGNOSIS = new RouteDiagnosis();

    @ParameterizedTest(name = "{1} of {0} is {2}")
    @CsvSource({
        "xfrm,     6,   flags",
        "xfrm,     20,  index",
        "xfrm,     32,  ifname",
        "xfrm,     44,  linkinfo",
        "xfrm,     48,  linkinfo.kind",
        "xfrm,     56,  linkinfo.data",
        "xfrm,     64,  linkinfo.data",
        "address-v4, 17, prefixlen",
        "address-v4, 32, address",
        "route-v4, 23,  type",
        "route-v4, 36,  gateway",
        "route-v4, 80,  metrics.mtu",
        "route-v4, 92,  metrics.advmss",
        "rule,     23,  action",
        "rule,     56,  fwmark"
    })
    void offsetsAreNamed(String name, int offset, String field) {
        assertThat(DIAGNOSIS.fieldAt(Fixtures.message("route-req-" + name + ".hex"), offset))
                .contains(field);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 40, 100000})
    void offsetsOutsideHaveNoName(int offset) {
        assertThat(DIAGNOSIS.fieldAt(Fixtures.message("route-req-address-v4.hex"), offset))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"xfrm, 18, linkinfo", "address-v4, 2, local", "route-v4, 5, gateway", "rule, 6, priority"})
    void missingAttributesAreNamed(String name, int type, String attribute) {
        assertThat(DIAGNOSIS.attribute(Fixtures.message("route-req-" + name + ".hex"), type))
                .isEqualTo(attribute);
    }

    /** Those that no kernel here gives; the others are provoked. */
    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({
        "xfrm,        EPERM,       '',                  unshare -rn",
        "xfrm,        EEXIST,      '',                  or an xfrm link this if_id",
        "external,    EINVAL,      if_id must be non zero, Linux 6.1",
        "veth,        EOPNOTSUPP,  Unknown device type, no links of type veth",
        "address-v6,  EOPNOTSUPP,  '',                  may lack IPv6",
        "route-v6,    EOPNOTSUPP,  '',                  may lack IPv6",
        "rule,        EAFNOSUPPORT, '',                 CONFIG_IP_MULTIPLE_TABLES",
        "get,         EINVAL,      '',                  the source is no address of this host"
    })
    void usualCausesAreTold(String name, Errno errno, String text, String cause) {
        assertThat(DIAGNOSIS
                        .hint(Fixtures.message("route-req-" + name + ".hex"), ErrorMessage.of(errno, Optional.of(text)))
                        .orElse(""))
                .contains(cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfrm", "address-v4", "route-v4", "rule", "get", "mtu"})
    void aRefusalWithoutUsualCauseHasNoHint(String name) {
        assertThat(DIAGNOSIS.hint(
                        Fixtures.message("route-req-" + name + ".hex"),
                        ErrorMessage.of(Errno.ENOMEM, Optional.empty())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a/b", "a b", "a:b", ".", "..", "sixteen-bytes-xy", "veth%d", "à", "a\0b", "täglich-fünfzig"
            })
    void aNameThatNoLinkCanHaveIsRefusedBeforeItIsSent(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewLink.ExternalXfrm(name))
                .withMessageContaining("\"" + name + "\"")
                .withMessageContaining("1 to 15 bytes");
        assertThat(new NewLink.Veth("fifteen-bytes-x", "tägli-fünfzig").name()).hasSize(15);
    }

    @Test
    void whatNoKernelCanDoIsRefusedBeforeItIsSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewLink.Xfrm("ipsec0", IfId.NONE, OptionalInt.empty()))
                .withMessageContaining("ipsec0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Route.refusing(IpPrefix.parse("192.0.2.0/24"), RouteType.UNICAST))
                .withMessageContaining("192.0.2.0/24 needs a next hop");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Route.through(IpPrefix.parse("192.0.2.0/24"), Hop.on(3)).withProtocol(256))
                .withMessageContaining("protocol 256 is not in 0..255");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RouteQuery.to(IpAddress.parse("192.0.2.1")).from(IpAddress.parse("2001:db8::1")))
                .withMessageContaining("no packet goes from 2001:db8::1 to 192.0.2.1");
    }

    @Test
    void requestsTellWhatIsAsked() {
        Request request = RouteRequests.addLink(new NewLink.Xfrm("ipsec0", new IfId(42), OptionalInt.of(3)));
        assertThat(request.description()).isEqualTo("add link ipsec0 type xfrm if_id 0x2a dev 3");
        assertThat(RouteRequests.addLink(new NewLink.ExternalXfrm("ipsec1")).description())
                .isEqualTo("add link ipsec1 type xfrm external");
    }
}
