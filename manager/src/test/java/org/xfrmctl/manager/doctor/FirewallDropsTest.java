package org.xfrmctl.manager.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.manager.doctor.Finding.Fix;
import org.xfrmctl.manager.doctor.Firewall.Chain;
import org.xfrmctl.manager.doctor.Firewall.Condition;
import org.xfrmctl.manager.doctor.Firewall.Entry;
import org.xfrmctl.manager.doctor.Firewall.Verdict;

class FirewallDropsTest {
    private static final int ESP = 50;
    private static final int IPIP = 4;
    private static final Entry RELATED = new Entry(
            "inet f in", 1, "ct state", Verdict.ACCEPT, List.of(), List.of(), Optional.empty(), true, Condition.NEVER);

    private static Entry entry(Verdict verdict, Condition condition, Integer... about) {
        return new Entry(
                "inet f other", 9, "rule", verdict, List.of(about), List.of(), Optional.empty(), false, condition);
    }

    private static Entry accept(Integer... about) {
        return entry(Verdict.ACCEPT, Condition.NONE, about);
    }

    private static List<Finding> found(String family, boolean drops, Entry... rules) {
        Patient patient = new Patient(child("a").ipcomp());
        patient.firewall(new Firewall(List.of(new Chain(family, family + " f in", "input", drops, List.of(rules)))));
        return patient.findings(patient.kernel.snapshot()).toList();
    }

    private static List<Finding> found(boolean drops, Entry... rules) {
        return found("inet", drops, rules);
    }

    @Test
    void whoDropsWhatIsNotAcceptedDropsBoth() {
        assertThat(found(true, RELATED))
                .extracting(Finding::what)
                .containsExactlyInAnyOrder(
                        "the firewall drops ESP that comes in",
                        "the firewall drops IP in IP (uncompressed) that comes in");
    }

    @Test
    void theFixAcceptsIt() {
        assertThat(found(true, RELATED, accept(IPIP))).singleElement().satisfies(finding -> {
            assertThat(finding.fixes().get(0))
                    .isEqualTo(new Fix.Command("nft insert rule inet f in meta l4proto esp accept"));
            assertThat(finding.evidence()).containsExactly("inet f in: policy drop, and no rule that accepts it");
        });
    }

    @Test
    void whatIsAcceptedIsNotDropped() {
        assertThat(found(true, RELATED, accept(ESP), accept(IPIP))).isEmpty();
        assertThat(found(true, accept())).isEmpty();
        assertThat(found(false, RELATED)).isEmpty();
    }

    @Test
    void aRuleAboutItAloneMayGo() {
        assertThat(found(false, entry(Verdict.DROP, Condition.NONE, IPIP)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).containsExactly("inet f other: rule");
                    assertThat(finding.fixes().get(0))
                            .isEqualTo(new Fix.Command("nft delete rule inet f other handle 9"));
                });
    }

    /** Who deletes it has no firewall any more. */
    @Test
    void aRuleAboutEverythingStays() {
        assertThat(found(false, RELATED, accept(IPIP), entry(Verdict.DROP, Condition.NONE)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fixes().get(0))
                        .isEqualTo(new Fix.Command("nft insert rule inet f in meta l4proto esp accept")));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void behindARuleThatIsNotUnderstoodNothingIsCertain(Verdict verdict) {
        assertThat(found(true, RELATED, accept(IPIP), entry(verdict, Condition.UNKNOWN)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.what()).isEqualTo("the firewall may drop ESP that comes in");
                    assertThat(finding.fixes()).allMatch(Fix.Advice.class::isInstance);
                });
    }

    @Test
    void aReturnLeavesTheChain() {
        assertThat(found(
                        false,
                        RELATED,
                        accept(IPIP),
                        entry(Verdict.RETURN, Condition.NONE, ESP),
                        entry(Verdict.DROP, Condition.NONE)))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip6", "arp", "bridge", "netdev"})
    void anotherFamilyIsNotAsked(String family) {
        assertThat(found(family, true)).isEmpty();
    }

    @Test
    void reportsOfLongPacketsAreNeededToo() {
        Entry accepted = entry(Verdict.ACCEPT, Condition.NONE, ESP, IPIP);

        assertThat(found(true, accepted)).extracting(Finding::rule).containsExactly("icmp-errors-dropped");
        assertThat(found(true, RELATED, accepted)).isEmpty();
        assertThat(found(false, entry(Verdict.DROP, Condition.NONE, 1)))
                .extracting(Finding::rule)
                .containsExactly("icmp-errors-dropped");
    }
}
