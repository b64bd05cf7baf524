package org.xfrmctl.manager.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Each rule finds what was done to a healthy host and nothing else; where a command mends it, it mends it. */
class DoctorTest {
    /** As a keying daemon counts, not as we do. */
    private static final int FOREIGN = 7;

    private static ChildBuilder foreign() {
        return child("a").ipcomp().reqid(FOREIGN);
    }

    static List<Patient> healthy() {
        return List.of(
                new Patient(child("a")),
                new Patient(foreign()),
                new Patient(child("a").transport()),
                new Patient(child("a").ipcomp().transport()),
                new Patient(
                        child("a").ipcomp(), child("b").spi(0x2000).key("b").traffic("10.3.0.0/16", "10.4.0.0/16")));
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void aHealthyHostHasNoComplaints(Patient patient) {
        assertThat(patient.complaints()).isEmpty();
    }

    private static void assertMended(Patient patient) {
        patient.takeMedicine();
        assertThat(patient.complaints()).as("after what was suggested").isEmpty();
    }

    private static XfrmPolicy level(XfrmPolicy policy, IpProtocol protocol, Level level, Direction... directions) {
        return List.of(directions).contains(policy.direction())
                ? policy.toBuilder()
                        .templates(policy.templates().stream()
                                .map(each -> each.protocol().equals(protocol) ? each.withLevel(level) : each)
                                .toList())
                        .build()
                : policy;
    }

    @Test
    void compressionThatIsRequiredDropsSmallPackets() {
        Patient patient = new Patient(foreign());
        patient.policies(policy -> level(policy, IpProtocol.COMP, Level.REQUIRED, Direction.IN, Direction.FWD));

        assertThat(patient.complaints()).containsExactly("ipcomp-required");
        assertThat(patient.findings(patient.kernel.snapshot()))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
        assertMended(patient);
    }

    @Test
    void whenSmallPacketsAreDroppedNowItIsAnError() {
        Patient patient = new Patient(foreign());
        patient.policies(policy -> level(policy, IpProtocol.COMP, Level.REQUIRED, Direction.IN));
        patient.rises.put(XfrmCounter.IN_TMPL_MISMATCH, 3L);

        assertThat(patient.findings(patient.kernel.snapshot()))
                .anySatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo("ipcomp-required");
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.evidence()).contains("XfrmInTmplMismatch rose by 3");
                })
                .anySatisfy(finding -> assertThat(finding.rule()).isEqualTo("counter"));
    }

    @Test
    void optionalEspLetsClearTextIn() {
        Patient patient = new Patient(foreign());
        patient.policies(policy -> level(policy, IpProtocol.ESP, Level.USE, Direction.IN, Direction.FWD));

        assertThat(patient.complaints()).containsExactly("level-use");
        assertMended(patient);
    }

    @Test
    void optionalEspLetsClearTextOut() {
        Patient patient = new Patient(foreign());
        patient.policies(policy -> level(policy, IpProtocol.ESP, Level.USE, Direction.OUT));

        assertThat(patient.findings(patient.kernel.snapshot()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).endsWith("leave in clear when there is no state"));
        assertMended(patient);
    }

    private static XfrmPolicy only(Patient patient, Direction direction) {
        return patient.kernel.listPolicies().stream()
                .filter(policy -> policy.direction() == direction)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRouterNeedsFwdPolicies() {
        Patient patient = new Patient(foreign());
        patient.kernel.deletePolicy(only(patient, Direction.FWD).key());

        assertThat(patient.complaints()).containsExactly("missing-fwd");
        assertMended(patient);
    }

    @Test
    void aHostThatDoesNotForwardNeedsNone() {
        Patient patient = new Patient(foreign());
        patient.kernel.deletePolicy(only(patient, Direction.FWD).key());
        patient.sysctls.put("net/ipv4/ip_forward", "0");

        assertThat(patient.complaints()).isEmpty();
    }

    private static void removeStates(Patient patient, IpProtocol protocol) {
        patient.kernel.listStates().stream()
                .filter(state -> state.id().protocol().equals(protocol))
                .forEach(state -> patient.kernel.deleteState(state.id(), state.mark()));
    }

    @Test
    void policiesWithoutStatesDropPackets() {
        Patient patient = new Patient(foreign());
        removeStates(patient, IpProtocol.ESP);

        assertThat(patient.complaints()).containsExactly("no-state");
        patient.keyingDaemon();
        assertThat(patient.complaints()).as("a trap").isEmpty();
    }

    /** Inside an IPComp tunnel ESP has no addresses in its template; the other direction's state is not taken for it. */
    @Test
    void theStateOfTheOtherDirectionDoesNotStandForIt() {
        Patient patient = new Patient(foreign());
        patient.kernel.listStates().stream()
                .filter(state -> state.id().protocol().equals(IpProtocol.ESP) && !isInbound(state))
                .forEach(state -> patient.kernel.deleteState(state.id(), state.mark()));

        assertThat(patient.complaints()).containsExactly("no-state");
    }

    @Test
    void statesWithoutPoliciesAreOfNoUse() {
        Patient patient = new Patient(child("a").reqid(FOREIGN));
        patient.kernel.listPolicies().forEach(policy -> patient.kernel.deletePolicy(policy.key()));

        assertThat(patient.complaints()).containsExactly("no-policy");
        assertMended(patient);
        assertThat(patient.kernel.listStates()).isEmpty();
    }

    @Test
    void connectionsThatCompressBesideOthersAreANote() {
        Patient patient =
                new Patient(child("a").ipcomp(), child("b").spi(0x2000).key("b").traffic("10.3.0.0/16", "10.4.0.0/16"));

        assertThat(Doctor.examine(patient.facts()))
                .extracting(Finding::rule, Finding::severity)
                .contains(Tuple.tuple("mixed-ipcomp", Severity.NOTE));
    }

    @Test
    void policiesOfTheSamePriorityAboutTheSamePackets() {
        Patient patient = new Patient(child("a").reqid(FOREIGN));
        XfrmPolicy out = only(patient, Direction.OUT);
        patient.kernel.addPolicy(XfrmPolicy.builder(
                        Selector.between(out.selector().source(), IpPrefix.parse("0.0.0.0/0")), Direction.OUT)
                .priority(out.priority())
                .build());

        assertThat(patient.complaints()).containsExactly("equal-priority");
        assertMended(patient);
        assertThat(only(patient, Direction.OUT).priority()).isEqualTo(out.priority() - 1);
    }

    /** A block stays one, also when its priority changes. */
    @Test
    void whatBlocksGoesOnBlocking() {
        Patient patient = new Patient(child("a").reqid(FOREIGN));
        XfrmPolicy out = only(patient, Direction.OUT);
        XfrmPolicy block = XfrmPolicy.builder(
                        Selector.between(out.selector().source(), IpPrefix.parse("10.2.5.0/24")), Direction.OUT)
                .action(PolicyAction.BLOCK)
                .priority(out.priority())
                .build();
        patient.kernel.addPolicy(block);

        assertThat(patient.findings(patient.kernel.snapshot()).flatMap(finding -> finding.evidence().stream()))
                .anyMatch(line -> line.contains(" action block "));
        assertMended(patient);
        assertThat(patient.kernel.listPolicies())
                .filteredOn(policy -> policy.key().equals(block.key()))
                .singleElement()
                .satisfies(policy -> assertThat(policy.action()).isEqualTo(PolicyAction.BLOCK));
    }

    /** The one about a protocol and a port comes first, whatever the prefixes. */
    @Test
    void whatIsAboutOnePortIsNarrower() {
        Patient patient = new Patient(child("a").reqid(FOREIGN));
        XfrmPolicy out = only(patient, Direction.OUT);
        Selector ike = new Selector(
                out.selector().source(),
                out.selector().destination(),
                IpProtocol.UDP,
                PortMatch.ANY,
                PortMatch.exactly(500),
                Selector.Binding.NONE);
        patient.kernel.addPolicy(
                XfrmPolicy.builder(ike, Direction.OUT).priority(out.priority()).build());

        assertMended(patient);
        assertThat(patient.kernel.listPolicies())
                .filteredOn(policy -> policy.selector().equals(ike))
                .singleElement()
                .satisfies(policy -> assertThat(policy.priority()).isEqualTo(out.priority() - 1));
    }

    @Test
    void whatIpHasNoWordsForIsNoCommand() {
        Patient patient = new Patient(foreign());
        patient.policies(policy -> level(policy, IpProtocol.COMP, Level.REQUIRED, Direction.IN).toBuilder()
                .flags(new PolicyFlags(PolicyFlags.ICMP))
                .build());

        assertThat(patient.findings(patient.kernel.snapshot()).flatMap(finding -> finding.fixes().stream()))
                .isNotEmpty()
                .allSatisfy(fix -> assertThat(fix).isInstanceOf(Finding.Fix.Advice.class));
    }

    /** As a keying daemon has them while it negotiates. */
    @Test
    void statesWithoutKeysYetAreLeftAlone() {
        Patient patient = new Patient(foreign());
        Snapshot now = patient.kernel.snapshot();
        List<XfrmState> states = new ArrayList<>(now.states());
        XfrmState one =
                states.stream().filter(DoctorTest::isInbound).findFirst().orElseThrow();
        states.add(XfrmState.builder(new SaId(one.id().destination(), new Spi(0x777), IpProtocol.ESP), one.source())
                .reqid(new Reqid(99))
                .mode(Mode.TUNNEL)
                .build());

        assertThat(patient.complaints(new Snapshot(states, now.policies()))).isEmpty();
    }

    @Test
    void aMarkBelongsToTheNameOfAState() {
        Patient patient = new Patient(child("a").reqid(FOREIGN));
        patient.kernel.listPolicies().forEach(policy -> patient.kernel.deletePolicy(policy.key()));
        Snapshot marked = patient.seen(
                state -> state.toBuilder().mark(new Mark(0xd00, 0xf00)).build());

        assertThat(patient.findings(marked).flatMap(finding -> finding.fixes().stream()))
                .allSatisfy(fix -> assertThat(fix.toString()).contains(" mark 0xd00 mask 0xf00"));
    }

    /** As Cilium has it in fwd: to make it required would stop all that is passed on. */
    @Test
    void anOptionalPolicyAboutEverythingIsNoCommand() {
        Patient patient = new Patient(foreign());
        XfrmPolicy fwd = only(patient, Direction.FWD);
        patient.kernel.addPolicy(XfrmPolicy.builder(Selector.any(Family.INET), Direction.FWD)
                .priority(fwd.priority() + 9)
                .templates(fwd.templates().stream()
                        .map(each -> each.withLevel(Level.USE))
                        .toList())
                .build());

        assertThat(patient.findings(patient.kernel.snapshot())).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.fixes()).allMatch(Finding.Fix.Advice.class::isInstance);
        });
    }

    @Test
    void whetherADaemonListensMayNotBeKnown() {
        Patient patient = new Patient(foreign());
        removeStates(patient, IpProtocol.ESP);
        patient.nobodyKnowsOfDaemons();

        assertThat(patient.findings(patient.kernel.snapshot()))
                .extracting(Finding::rule, Finding::severity)
                .containsExactly(Tuple.tuple("no-state", Severity.WARNING));
    }

    private static boolean isInbound(XfrmState state) {
        return state.source().toString().equals("192.0.2.2")
                && state.id().protocol().equals(IpProtocol.ESP);
    }

    @Test
    void replayProtectionThatIsOffOrTooSmall() {
        Patient patient = new Patient(foreign());
        Snapshot off = patient.seen(state -> isInbound(state)
                ? state.toBuilder().replay(ReplayState.Basic.NONE).build()
                : state);
        Snapshot small = patient.seen(state -> isInbound(state)
                ? state.toBuilder().statistics(new StateStatistics(9, 0, 0)).build()
                : state);

        assertThat(patient.complaints(off)).containsExactly("replay-off");
        assertThat(patient.complaints(small)).containsExactly("replay-small");
        assertThat(patient.findings(small).findFirst().orElseThrow().what()).startsWith("9 packets of ");
    }

    @Test
    void sequenceNumbersThatEndSoon() {
        Patient patient = new Patient(foreign());
        Snapshot late = counted(patient, 0xf9000000);
        Snapshot later = counted(patient, 0xc1000000);
        Snapshot fine = counted(patient, 0x80000000);

        assertThat(patient.findings(late)).extracting(Finding::severity).containsOnly(Severity.ERROR);
        assertThat(patient.complaints(late)).containsExactly("sequence-numbers");
        assertThat(patient.findings(later)).extracting(Finding::severity).containsOnly(Severity.WARNING);
        assertThat(patient.complaints(fine)).isEmpty();
        assertThat(patient.complaints(patient.seen(state -> state.toBuilder()
                        .replay(new ReplayState.Basic(32, 0xf9000000, 0, 0))
                        .flags(state.flags().with(StateFlag.ESN))
                        .build())))
                .doesNotContain("sequence-numbers");
    }

    private static Snapshot counted(Patient patient, int sent) {
        return patient.seen(state -> state.id().protocol().equals(IpProtocol.ESP)
                ? state.toBuilder()
                        .replay(new ReplayState.Basic(32, sent, 0, 0))
                        .build()
                : state);
    }

    static Stream<Algorithm> weak() {
        Key key = Key.of(new byte[16]);
        return Stream.of(
                new Algorithm.Encryption("cbc(des3_ede)", key),
                new Algorithm.Encryption("cbc(des)", key),
                new Algorithm.Encryption("cbc(blowfish)", key),
                new Algorithm.Encryption("cbc(aes)", key),
                new Algorithm.Authentication("hmac(md5)", key, 96));
    }

    @ParameterizedTest
    @MethodSource("weak")
    void weakAlgorithmsAndCiphersThatNobodyChecks(Algorithm algorithm) {
        Patient patient = new Patient(foreign());

        assertThat(patient.complaints(patient.seen(state -> state.id()
                                .protocol()
                                .equals(IpProtocol.ESP)
                        ? state.toBuilder().algorithms(List.of(algorithm)).build()
                        : state)))
                .contains("weak-algorithm");
    }

    @Test
    void oneKeyInSeveralStates() {
        Patient patient = new Patient(foreign());
        Algorithm same = patient.kernel.listStates().stream()
                .flatMap(state -> state.algorithm(Algorithm.Aead.class).stream())
                .findFirst()
                .orElseThrow();

        assertThat(patient.complaints(
                        patient.seen(state -> state.id().protocol().equals(IpProtocol.ESP)
                                ? state.toBuilder().algorithms(List.of(same)).build()
                                : state)))
                .containsExactly("reused-key");
    }

    @Test
    void blankKeysAreNotCompared() {
        Patient patient = new Patient(foreign());
        Algorithm blank = new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128);

        assertThat(patient.complaints(
                        patient.seen(state -> state.id().protocol().equals(IpProtocol.ESP)
                                ? state.toBuilder().algorithms(List.of(blank)).build()
                                : state)))
                .isEmpty();
    }

    @Test
    void whoDoesNotLookForPathMtus() {
        Patient patient = new Patient(foreign());
        patient.sysctls.put("net/ipv4/ip_no_pmtu_disc", "1");

        assertThat(patient.complaints()).containsExactly("no-pmtu-discovery");
        assertMended(patient);
    }

    @Test
    void theDefaultIsANote() {
        Patient patient = new Patient(foreign());
        patient.defaults(new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.BLOCK, DefaultPolicies.ACCEPT));

        assertThat(patient.complaints()).isEmpty();
        assertThat(Doctor.examine(patient.facts()))
                .filteredOn(finding -> finding.rule().equals("open-default"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.what()).isEqualTo("packets without a policy pass in clear (in, out)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable_policy", "disable_xfrm"})
    void linksThatSwitchItOff(String setting) {
        Patient patient = new Patient(foreign());
        patient.sysctls.put("net/ipv4/conf/wan/" + setting, "1");

        assertThat(patient.complaints()).containsExactly(setting.replace('_', '-'));
        assertMended(patient);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable_policy", "disable_xfrm"})
    void whatIsSetForAllLinksCountsForEach(String setting) {
        Patient patient = new Patient(foreign());
        patient.sysctls.put("net/ipv4/conf/all/" + setting, "1");

        assertThat(patient.complaints()).containsExactly(setting.replace('_', '-'));
        assertMended(patient);
    }

    /** What came through a state is exempt from it. */
    @Test
    void reversePathsAreNoTrouble() {
        Patient patient = new Patient(foreign());
        patient.sysctls.put("net/ipv4/conf/all/rp_filter", "1");

        assertThat(patient.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(XfrmCounter.class)
    void everyCounterThatRisesHasItsWords(XfrmCounter counter) {
        Patient patient = new Patient(foreign());
        patient.rises.put(counter, 2L);

        assertThat(patient.findings(patient.kernel.snapshot())).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("counter");
            assertThat(finding.what()).isNotEmpty();
            assertThat(finding.evidence().get(0)).isEqualTo(counter + " rose by 2, to 2");
            assertThat(finding.why()).endsWith(".");
            assertThat(finding.fixes()).isNotEmpty();
        });
    }

    @Test
    void aCounterThatRoseOnceIsANote() {
        Facts now = new Patient(foreign()).facts();
        Facts once = new Facts(
                now.tables(),
                now.defaults(),
                Map.of(XfrmCounter.IN_NO_POLS, 5L, XfrmCounter.IN_ERROR, 0L),
                Map.of(),
                now.network());

        assertThat(Doctor.examine(once))
                .filteredOn(finding -> finding.rule().equals("counter"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(finding.evidence()).containsExactly("XfrmInNoPols is 5, and did not rise meanwhile");
                });
    }

    /** What a rule finds has one of the names that it says. */
    @Test
    void namesAreThoseOfFindings() {
        Patient patient = new Patient(foreign());
        patient.nobodyKnowsOfSockets();
        removeStates(patient, IpProtocol.ESP);

        assertThat(Doctor.examine(patient.facts()))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(Doctor.names()).contains(finding.rule()));
    }

    private static PeerPath path(Patient patient, int mtu, boolean learnt) {
        XfrmState out = patient.kernel.listStates().stream()
                .filter(state -> state.id().protocol().equals(IpProtocol.ESP) && !isInbound(state))
                .findFirst()
                .orElseThrow();
        return new PeerPath(out.source(), out.id().destination(), 0, mtu, 1500, learnt);
    }

    /** Only who has it by a router's word: a route's own MTU is on purpose. */
    @ParameterizedTest
    @CsvSource({"1400,true,NOTE", "552,true,WARNING", "1400,false,", "1500,true,"})
    void whatARouterHasToldOfThePath(int mtu, boolean learnt, Severity severity) {
        Patient patient = new Patient(foreign());
        patient.paths.add(path(patient, mtu, learnt));

        assertThat(Doctor.examine(patient.facts()))
                .filteredOn(finding -> finding.rule().equals("learnt-mtu"))
                .extracting(Finding::severity)
                .containsExactlyElementsOf(severity == null ? List.of() : List.of(severity));
    }

    @ParameterizedTest
    @CsvSource({"1380,0", "1300,1"})
    void ipv6NeedsRoom(int mtu, int found) {
        Patient patient = new Patient(child("a").reqid(FOREIGN).traffic("fd00:1::/64", "fd00:2::/64"));
        patient.paths.add(path(patient, mtu, false));

        assertThat(Doctor.examine(patient.facts()))
                .filteredOn(finding -> finding.rule().equals("small-mtu"))
                .hasSize(found)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.NOTE));
    }

    private static Snapshot inUdp(Patient patient, int port) {
        return patient.seen(state -> isInbound(state)
                ? state.toBuilder()
                        .options(StateOptions.NONE.withNatTraversal(
                                NatTraversal.of(new Encap(Encap.ESPINUDP, 4500, port, IpAddress.any(Family.INET)))))
                        .replay(state.replay())
                        .build()
                : state);
    }

    @Test
    void espInUdpNeedsASocketOfItsPort() {
        Patient patient = new Patient(foreign());

        assertThat(patient.complaints(inUdp(patient, 4500))).contains("encap-port");
        assertThat(patient.complaints(inUdp(patient, 500))).doesNotContain("encap-port");
        patient.nobodyKnowsOfSockets();
        assertThat(patient.complaints(inUdp(patient, 4500))).doesNotContain("encap-port");
        assertThat(gaps(patient.facts(inUdp(patient, 4500)))).contains("UDP sockets");
    }

    /** As one line; empty if all was looked at. */
    private static String gaps(Facts facts) {
        return Doctor.examine(facts).stream()
                .filter(finding -> finding.rule().equals(Doctor.NOT_EXAMINED))
                .map(Finding::what)
                .findFirst()
                .orElse("");
    }

    @Test
    void whatCouldNotBeSeenIsTold() {
        Facts seen = new Patient(foreign()).facts();
        Facts blind = new Facts(seen.tables(), seen.defaults(), Map.of(), Map.of(), Facts.Network.UNKNOWN);

        assertThat(gaps(blind)).isEqualTo("not looked at: counters, links and addresses, settings, the firewall");
        assertThat(Doctor.examine(blind))
                .filteredOn(finding -> finding.rule().equals(Doctor.NOT_EXAMINED))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence())
                        .allMatch(line -> line.contains("; hidden: "))
                        .anyMatch(line -> line.contains("CONFIG_XFRM_STATISTICS")));
    }

    @Test
    void whatNftDoesNotShowIsNotLookedAt() {
        Patient patient = new Patient(foreign());
        assertThat(gaps(patient.facts())).doesNotContain("iptables");

        patient.legacy = Optional.of(List.of("ip filter", "ip6 mangle"));

        assertThat(gaps(patient.facts())).contains("iptables-legacy");
        assertThat(Doctor.examine(patient.facts()))
                .filteredOn(finding -> finding.rule().equals(Doctor.NOT_EXAMINED))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence())
                        .anyMatch(line ->
                                line.startsWith("iptables-legacy: nft shows nothing of ip filter, ip6 mangle;")));
    }

    @Test
    void thatTablesOfIptablesLegacyCouldNotBeReadIsTold() {
        Patient patient = new Patient(foreign());
        patient.firewall(new Firewall(List.of()));
        assertThat(gaps(patient.facts())).doesNotContain("iptables");

        patient.legacy = Optional.empty();

        assertThat(gaps(patient.facts())).contains("iptables-legacy");
        assertThat(Doctor.examine(patient.facts()))
                .filteredOn(finding -> finding.rule().equals(Doctor.NOT_EXAMINED))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence())
                        .anyMatch(line -> line.startsWith(
                                "iptables-legacy: /proc/net/ip_tables_names or ip6_tables_names could")));
    }

    @Test
    void subPoliciesAreNotLookedAt() {
        Patient patient = new Patient(foreign());
        patient.kernel.addPolicy(only(patient, Direction.OUT).toBuilder()
                .type(Optional.of(PolicyType.SUB))
                .build());

        assertThat(gaps(patient.facts())).contains("sub policies");
    }

    /** Those that are about objects name one, where one is there that it may be. */
    @Test
    void aCounterNamesItsSuspects() {
        Patient patient = new Patient(foreign());
        patient.rises.put(XfrmCounter.OUT_NO_STATES, 1L);
        removeStates(patient, IpProtocol.ESP);

        assertThat(patient.findings(patient.kernel.snapshot()))
                .filteredOn(finding -> finding.rule().equals("counter"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence())
                        .hasSize(2)
                        .last()
                        .asString()
                        .contains(" dir out "));
    }

    /** The lower half of 64 bits is no measure, and what may wrap does not end. */
    @Test
    void statesWhoseNumbersDoNotEndAreNotSuspected() {
        Patient patient = new Patient(foreign());
        patient.rises.put(XfrmCounter.OUT_STATE_SEQ_ERROR, 1L);

        assertThat(suspects(patient, counted(patient, 0xf9000000))).isNotEmpty();
        assertThat(suspects(
                        patient,
                        patient.seen(state -> late(state)
                                .flags(state.flags().with(StateFlag.ESN))
                                .build())))
                .isEmpty();
        assertThat(suspects(
                        patient,
                        patient.seen(state -> late(state)
                                .flags(state.flags().with(ExtraFlag.OSEQ_MAY_WRAP))
                                .build())))
                .isEmpty();
    }

    private static XfrmState.Builder late(XfrmState state) {
        return state.toBuilder().replay(new ReplayState.Basic(32, 0xf9000000, 0, 0));
    }

    /** All that the counter's finding has beside how far it rose. */
    private static List<String> suspects(Patient patient, Snapshot seen) {
        return patient.findings(seen)
                .filter(finding -> finding.rule().equals("counter"))
                .flatMap(finding -> finding.evidence().stream().skip(1))
                .toList();
    }

    @Test
    void whatIsOursIsMendedByTheDefinition() {
        Patient patient = new Patient(child("a").ipcomp());
        patient.policies(policy -> level(policy, IpProtocol.COMP, Level.REQUIRED, Direction.IN));

        assertThat(patient.findings(patient.kernel.snapshot()).flatMap(finding -> finding.fixes().stream()))
                .allSatisfy(fix -> assertThat(fix).isInstanceOf(Finding.Fix.Advice.class));
    }

    @Test
    void aHostWithoutIpsecHasNoComplaints() {
        Facts facts = new Facts(Snapshot.EMPTY, Optional.empty(), Map.of(), Map.of(), Facts.Network.UNKNOWN);

        assertThat(Doctor.examine(facts)).isEmpty();
        assertThat(Reqid.NONE.bits()).isZero();
    }
}
