package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.xfrmctl.netlink.probe.Capabilities;
import org.xfrmctl.netlink.probe.Capabilities.AlgorithmSupport;
import org.xfrmctl.netlink.probe.CapabilityProbe;
import org.xfrmctl.netlink.probe.Feature;
import org.xfrmctl.netlink.probe.Support;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** What a kernel is found to have. */
final class ProbeChecks {
    private ProbeChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("a probe finds what is there", ProbeChecks::finds),
                Check.of("a probe finds the usual algorithms", ProbeChecks::algorithms, Need.TRANSFORMS));
    }

    private static void finds(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            Capabilities found = new CapabilityProbe(client).probe(Support.UNKNOWN);
            assertThat(found.features()).hasSize(Feature.values().length);
            boolean transforms = kernel.offers().contains(Need.TRANSFORMS);
            for (Feature feature : List.of(Feature.ESP_IPV4, Feature.ESP_IPV6, Feature.AH_IPV4, Feature.IPCOMP_IPV4)) {
                assertThat(found.has(feature)).as("%s", feature).isEqualTo(transforms);
            }
            if (transforms) {
                assertThat(found.has(Feature.DIRECTION))
                        .isEqualTo(kernel.offers().contains(Need.DIRECTION));
            }
            assertThat(found.has(Feature.DEFAULT_POLICIES)).isTrue();
            assertThat(found.has(Feature.SUB_POLICIES)).isTrue();
            assertThat(client.listStates()).isEmpty();
            assertThat(client.listPolicies()).isEmpty();
        }
    }

    private static void algorithms(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            List<AlgorithmSupport> found =
                    new CapabilityProbe(client).probe(Support.UNKNOWN).algorithms();
            assertThat(found)
                    .filteredOn(algorithm -> algorithm.support() == Support.YES)
                    .extracting(AlgorithmSupport::name)
                    .contains("rfc4106(gcm(aes))", "cbc(aes)", "hmac(sha256)", "hmac(sha512)", "deflate");
        }
    }
}
