package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.probe.Capabilities;
import org.xfrmctl.netlink.probe.Capabilities.AlgorithmSupport;
import org.xfrmctl.netlink.probe.CapabilityProbe;
import org.xfrmctl.netlink.probe.Feature;
import org.xfrmctl.netlink.probe.Support;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.KernelOptions;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** What a kernel is found to have, compared with what it was built with. */
final class ProbeChecks {
    /** What the userspace kernel lacks; it has all else. */
    private static final Set<Feature> NOT_IN_USERSPACE = Set.of(
            Feature.ESP_IN_TCP,
            Feature.IPTFS,
            Feature.DIRECTION,
            Feature.NAT_KEEPALIVE,
            Feature.PER_CPU,
            Feature.PACKET_OFFLOAD);

    private static final StateOptions OUTBOUND = StateOptions.NONE.withPlacement(
            new Placement(Optional.of(SaDirection.OUT), OptionalInt.empty(), Optional.empty()));

    private ProbeChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("a probe changes nothing", ProbeChecks::changesNothing),
                Check.of("a probe finds what the kernel was built with", ProbeChecks::features, Need.CONFIG),
                Check.of("a probe finds the algorithms it was built with", ProbeChecks::algorithms, Need.CONFIG),
                Check.of(
                        "modes and short attributes are refused as the probe expects",
                        ProbeChecks::premises,
                        Need.CONFIG),
                Check.of("a probe finds the usual algorithms", ProbeChecks::usualAlgorithms, Need.TRANSFORMS));
    }

    private static void changesNothing(KernelUnderTest kernel) {
        Capabilities found = probe(kernel);
        assertThat(found.features()).containsOnlyKeys(Feature.values());
        if (!kernel.offers().contains(Need.LINUX)) {
            assertThat(found.features()).containsExactlyInAnyOrderEntriesOf(inUserspace());
        }
        try (XfrmClient client = kernel.client()) {
            assertThat(client.listStates()).isEmpty();
            assertThat(client.listPolicies()).isEmpty();
        }
    }

    private static Map<Feature, Support> inUserspace() {
        Map<Feature, Support> expected = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            expected.put(feature, KernelConfig.support(!NOT_IN_USERSPACE.contains(feature)));
        }
        expected.put(Feature.XFRM_INTERFACES, Support.UNKNOWN);
        return expected;
    }

    private static void features(KernelUnderTest kernel) {
        Map<Feature, Support> expected = kernel.config().features();
        expected.put(Feature.XFRM_INTERFACES, Support.UNKNOWN);
        assertThat(probe(kernel).features()).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(kernel.offers().contains(Need.XFRM_INTERFACES))
                .isEqualTo(kernel.config().has("XFRM_INTERFACE"));
    }

    /** Without the transform it cannot be told that an algorithm is there, but may be that it is not. */
    private static void algorithms(KernelUnderTest kernel) {
        for (AlgorithmSupport algorithm : probe(kernel).algorithms()) {
            String option =
                    KernelOptions.ofAlgorithm(algorithm.name()).orElseThrow().config();
            boolean there = kernel.config().has(option);
            if (kernel.offers().contains(Need.TRANSFORMS)) {
                assertThat(algorithm.support()).as("%s", algorithm).isEqualTo(KernelConfig.support(there));
            } else {
                assertThat(algorithm.support()).as("%s", algorithm).isEqualTo(there ? Support.UNKNOWN : Support.NO);
            }
        }
    }

    /** What the source says of kernels that are not here is at least true of those that are. */
    private static void premises(KernelUnderTest kernel) {
        int version = kernel.config().version();
        try (XfrmClient client = kernel.client()) {
            String undirected = version < 614 ? "Unsupported mode" : "requires in or out direction";
            assertThat(refusal(client, StateOptions.NONE)).contains(undirected);
            if (version >= 614 && !kernel.offers().contains(Need.TRANSFORMS)) {
                assertThat(refusal(client, OUTBOUND)).contains("Requested type not found");
            }
            Request shortDirection = new Request(
                    XfrmMsg.GETSADINFO, 0, "ask", out -> out.bodyU32(0).attribute(Xfrma.SA_DIR, new byte[0]));
            assertThat(client.executeAll(List.of(shortDirection)).get(0).map(NetlinkException::number))
                    .isEqualTo(version < 610 ? Optional.empty() : Optional.of(Errno.EINVAL.number()));
            Request shortMark = new Request(
                    XfrmMsg.GETSADINFO, 0, "ask", out -> out.bodyU32(0).attribute(Xfrma.MARK, new byte[7]));
            assertThat(client.executeAll(List.of(shortMark)).get(0).map(NetlinkException::number))
                    .contains(Errno.ERANGE.number());
        }
    }

    private static String refusal(XfrmClient client, StateOptions options) {
        XfrmState state = XfrmState.builder(new SaId(IpAddress.ANY_V4, Spi.NONE, IpProtocol.ESP), IpAddress.ANY_V4)
                .mode(Mode.IPTFS)
                .algorithms(List.of(
                        new Algorithm.Authentication("hmac(sha256)", Key.of(new byte[32]), 128),
                        new Algorithm.Encryption("cbc(aes)", Key.of(new byte[16]))))
                .options(options)
                .build();
        return client.rehearseState(state)
                .flatMap(refused -> refused.refusal().kernel().text())
                .orElse("nothing");
    }

    private static void usualAlgorithms(KernelUnderTest kernel) {
        assertThat(probe(kernel).algorithms())
                .filteredOn(algorithm -> algorithm.support() == Support.YES)
                .extracting(AlgorithmSupport::name)
                .contains("rfc4106(gcm(aes))", "cbc(aes)", "hmac(sha256)", "hmac(sha512)", "deflate");
    }

    private static Capabilities probe(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            return new CapabilityProbe(client).probe(Support.UNKNOWN);
        }
    }
}
