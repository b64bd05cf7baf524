package org.xfrmctl.netlink.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.probe.Capabilities.AlgorithmSupport;
import org.xfrmctl.netlink.probe.Capabilities.Kind;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.XfrmClient;

class CapabilityProbeTest {
    /** Which a kernel of 6.18 has whatever it was built with. */
    private static final Set<Feature> OF_THE_VERSION = Set.of(
            Feature.DEFAULT_POLICIES, Feature.MAPPING_TIMER, Feature.DIRECTION, Feature.NAT_KEEPALIVE, Feature.PER_CPU);

    /** Which can only be tried with ESP. */
    private static final Set<Feature> ON_ESP = Set.of(
            Feature.ESP_IN_UDP,
            Feature.ESP_IN_TCP,
            Feature.BEET,
            Feature.IPTFS,
            Feature.OFFLOAD,
            Feature.PACKET_OFFLOAD);

    @Test
    void aKernelThatHasAll() {
        Capabilities found = probe(FakeLinux.withAll(618));
        assertThat(found.features())
                .allSatisfy((feature, support) -> assertThat(support)
                        .as("%s", feature)
                        .isEqualTo(feature == Feature.XFRM_INTERFACES ? Support.UNKNOWN : Support.YES));
        assertThat(found.algorithms())
                .hasSameSizeAs(CandidateAlgorithm.ALL)
                .extracting(AlgorithmSupport::support)
                .containsOnly(Support.YES);
    }

    /** It lacks the algorithms, too: whether it has the transforms nobody can tell then. */
    @Test
    void aKernelThatHasNothing() {
        Capabilities found = probe(FakeLinux.withNothing(601));
        assertThat(found.features())
                .allSatisfy((feature, support) -> assertThat(support == Support.YES)
                        .as("%s", feature)
                        .isEqualTo(feature == Feature.DEFAULT_POLICIES || feature == Feature.MAPPING_TIMER))
                .containsEntry(Feature.ESP_IPV4, Support.UNKNOWN)
                .containsEntry(Feature.SUB_POLICIES, Support.NO)
                .containsEntry(Feature.MIGRATION, Support.NO)
                .containsEntry(Feature.DIRECTION, Support.NO)
                .containsEntry(Feature.IPTFS, Support.NO);
        assertThat(found.algorithms()).extracting(AlgorithmSupport::support).containsOnly(Support.NO, Support.UNKNOWN);
    }

    @Test
    void withoutTransformsItIsUnknownWhatTheyCouldDo() {
        FakeLinux linux =
                FakeLinux.withAll(618).without("esp4", "esp6", "ah4", "ah6", "ipcomp4", "ipcomp6", "cbc(sm4)");
        Capabilities found = probe(linux);
        assertThat(found.features())
                .containsEntry(Feature.ESP_IPV4, Support.NO)
                .containsEntry(Feature.AH_IPV6, Support.NO)
                .containsEntry(Feature.IPCOMP_IPV4, Support.NO);
        assertThat(ON_ESP).allSatisfy(feature -> assertThat(found.features()).containsEntry(feature, Support.UNKNOWN));
        assertThat(OF_THE_VERSION).allMatch(found::has);
        assertThat(found.algorithms())
                .contains(new AlgorithmSupport(Kind.ENCRYPTION, "cbc(sm4)", Support.NO))
                .filteredOn(algorithm -> !algorithm.name().equals("cbc(sm4)"))
                .extracting(AlgorithmSupport::support)
                .containsOnly(Support.UNKNOWN);
    }

    @Test
    void withoutPrivilegeNothingIsLearnt() {
        XfrmClient client = FakeLinux.client(ErrorMessage.of(Errno.EPERM, Optional.empty()));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> probe(client))
                .matches(refusal -> refusal.is(Errno.EPERM));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> new CapabilityProbe(client).knows(Xfrma.SA_DIR))
                .matches(refusal -> refusal.is(Errno.EPERM));
    }

    /** One that says the same to everything has said nothing. */
    @ParameterizedTest
    @EnumSource(names = "EPERM", mode = EnumSource.Mode.EXCLUDE)
    void anAnswerToEverythingIsNone(Errno errno) {
        Capabilities found = probe(FakeLinux.client(ErrorMessage.of(errno, Optional.empty())));
        assertThat(found.features().values()).containsOnly(Support.UNKNOWN);
        assertThat(found.algorithms()).extracting(AlgorithmSupport::support).containsOnly(Support.UNKNOWN);
    }

    /** It agrees to questions too, which are answered with data. */
    @Test
    void aKernelThatAgreesToEverythingIsNone() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> probe(FakeLinux.client(ErrorMessage.SUCCESS)));
    }

    @ParameterizedTest(name = "{0}: SA_DIR {1}, keepalive {2}, CPU {3}, timer {4}, defaults {5}")
    @CsvSource({
        "510, NO,  NO,  NO,  NO,  NO",
        "515, NO,  NO,  NO,  NO,  YES",
        "601, NO,  NO,  NO,  YES, YES",
        "610, YES, NO,  NO,  YES, YES",
        "611, YES, YES, NO,  YES, YES",
        "613, YES, YES, YES, YES, YES",
    })
    void versionsAreToldApart(
            int version, Support direction, Support keepalive, Support cpu, Support timer, Support defaults) {
        assertThat(probe(FakeLinux.withAll(version)).features())
                .containsEntry(Feature.DIRECTION, direction)
                .containsEntry(Feature.NAT_KEEPALIVE, keepalive)
                .containsEntry(Feature.PER_CPU, cpu)
                .containsEntry(Feature.MAPPING_TIMER, timer)
                .containsEntry(Feature.DEFAULT_POLICIES, defaults);
    }

    @ParameterizedTest
    @CsvSource({"618, '', YES", "618, iptfs, NO", "618, esp4, UNKNOWN", "613, '', NO", "510, '', NO"})
    void iptfsIsThereWhereSomebodyLooksAtItsPacketSize(int version, String missing, Support iptfs) {
        assertThat(probe(FakeLinux.withAll(version).without(missing)).features())
                .containsEntry(Feature.IPTFS, iptfs);
    }

    @ParameterizedTest
    @CsvSource({
        "618, '',          YES,     YES",
        "618, esp-offload, YES,     YES",
        "612, '',          YES,     YES",
        "612, esp-offload, UNKNOWN, UNKNOWN",
        "612, offload,     NO,      NO",
        "601, '',          YES,     NO",
        "601, esp-offload, UNKNOWN, UNKNOWN",
        "601, offload,     NO,      NO",
        "600, '',          YES,     UNKNOWN",
        "600, esp-offload, UNKNOWN, UNKNOWN",
        "600, offload,     NO,      NO",
        "510, '',          UNKNOWN, UNKNOWN",
        "510, offload,     UNKNOWN, UNKNOWN",
    })
    void offloadIsThereWhereSomebodyLooksAtItsFlags(int version, String missing, Support offload, Support packet) {
        assertThat(probe(FakeLinux.withAll(version).without(missing)).features())
                .containsEntry(Feature.OFFLOAD, offload)
                .containsEntry(Feature.PACKET_OFFLOAD, packet);
    }

    @Test
    void encapsulationInTcpIsToldFromThatInUdp() {
        assertThat(probe(FakeLinux.withAll(618).without("espintcp")).features())
                .containsEntry(Feature.ESP_IN_UDP, Support.YES)
                .containsEntry(Feature.ESP_IN_TCP, Support.NO);
    }

    /** With words and, before Linux 6.1, without. */
    @ParameterizedTest
    @ValueSource(ints = {618, 510})
    void aMissingCompanionIsReplacedByOneThatWorks(int version) {
        Capabilities found = probe(FakeLinux.withAll(version)
                .without("rfc4106(gcm(aes))", "hmac(sha256)", "cbc(aes)", "ecb(cipher_null)", "ah4", "ah6"));
        assertThat(found.features()).containsEntry(Feature.ESP_IPV4, Support.YES);
        assertThat(found.has(Feature.ESP_IN_UDP)).isTrue();
        assertThat(found.algorithms())
                .allSatisfy(algorithm -> assertThat(algorithm.support())
                        .as("%s", algorithm)
                        .isEqualTo(
                                Set.of("rfc4106(gcm(aes))", "hmac(sha256)", "cbc(aes)", "ecb(cipher_null)")
                                                .contains(algorithm.name())
                                        ? Support.NO
                                        : Support.YES));
    }

    /** No encryption: the integrity that ESP wants beside it is found through AH. */
    @ParameterizedTest
    @ValueSource(ints = {618, 510})
    void integrityNeedsNoCompanionWhereThereIsAh(int version) {
        String[] ciphers = CandidateAlgorithm.of(Kind.ENCRYPTION).stream()
                .map(CandidateAlgorithm::name)
                .toArray(String[]::new);
        Capabilities found = probe(FakeLinux.withAll(version).without(ciphers).without("hmac(md5)"));
        assertThat(found.algorithms())
                .filteredOn(algorithm -> algorithm.kind() == Kind.AUTHENTICATION)
                .allSatisfy(algorithm -> assertThat(algorithm.support() == Support.YES)
                        .isNotEqualTo(algorithm.name().equals("hmac(md5)")));
        // Without words it cannot be told which of the two is missing.
        assertThat(found.algorithms())
                .filteredOn(algorithm -> algorithm.kind() == Kind.ENCRYPTION)
                .extracting(AlgorithmSupport::support)
                .containsOnly(version == 510 ? Support.UNKNOWN : Support.NO);
    }

    @Test
    void algorithmsAreFoundOverIpv6WhereIpv4HasNoEsp() {
        Capabilities found = probe(FakeLinux.withAll(618).without("esp4", "ah4", "ipcomp4"));
        assertThat(found.algorithms()).extracting(AlgorithmSupport::support).containsOnly(Support.YES);
    }

    private static Capabilities probe(FakeLinux linux) {
        return probe(linux.client());
    }

    private static Capabilities probe(XfrmClient client) {
        return new CapabilityProbe(client).probe(Support.UNKNOWN);
    }
}
