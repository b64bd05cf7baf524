package org.xfrmctl.manager.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.doctor.Finding.Fix;
import org.xfrmctl.manager.doctor.Firewall.Chain;
import org.xfrmctl.manager.doctor.Firewall.Entry;
import org.xfrmctl.manager.doctor.Firewall.Verdict;

class FirewallDropsTest {
    private static final int ESP = 50;
    private static final int IPIP = 4;
    private static final Entry ESTABLISHED = entry(Verdict.ACCEPT, Optional.empty(), true);

    private static Entry entry(Verdict verdict, Optional<Boolean> decrypted, boolean other, Integer... about) {
        return new Entry(9, verdict.toString(), verdict, List.of(about), List.of(), false, decrypted, other);
    }

    private static List<Finding> found(boolean drops, Entry... rules) {
        Patient patient = new Patient(child("a").ipcomp());
        patient.firewall(new Firewall(List.of(new Chain("inet f in", "input", drops, List.of(rules)))));
        return patient.findings(patient.kernel.snapshot()).toList();
    }

    @Test
    void whoDropsWhatIsNotAcceptedDropsBoth() {
        assertThat(found(true, ESTABLISHED))
                .extracting(Finding::what)
                .containsExactlyInAnyOrder(
                        "the firewall drops ESP that comes in",
                        "the firewall drops IP in IP (uncompressed) that comes in");
    }

    @Test
    void theFixAcceptsIt() {
        assertThat(found(true, entry(Verdict.ACCEPT, Optional.of(true), false)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.fixes().get(0))
                            .isEqualTo(new Fix.Command("nft insert rule inet f in meta l4proto esp accept"));
                    assertThat(finding.evidence())
                            .containsExactly("inet f in: policy drop, and no rule that accepts it");
                });
    }

    @Test
    void whatIsAcceptedIsNotDropped() {
        assertThat(found(
                        true,
                        ESTABLISHED,
                        entry(Verdict.ACCEPT, Optional.empty(), true, ESP),
                        entry(Verdict.ACCEPT, Optional.empty(), false, IPIP)))
                .isEmpty();
        assertThat(found(true, entry(Verdict.ACCEPT, Optional.empty(), false))).isEmpty();
        assertThat(found(false, ESTABLISHED)).isEmpty();
    }

    @Test
    void aRuleThatDropsItIsNamed() {
        assertThat(found(false, entry(Verdict.DROP, Optional.empty(), false, IPIP)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).containsExactly("inet f in: DROP");
                    assertThat(finding.fixes().get(0)).isEqualTo(new Fix.Command("nft delete rule inet f in handle 9"));
                });
    }

    @Test
    void aRuleAboutSomeOfThemIsNoProof() {
        assertThat(found(false, entry(Verdict.DROP, Optional.empty(), true, ESP)))
                .isEmpty();
        assertThat(found(false, entry(Verdict.DROP, Optional.of(true), false, ESP)))
                .isEmpty();
    }

    @Test
    void reportsOfLongPacketsAreNeededToo() {
        Entry reports = new Entry(3, "icmp type", Verdict.DROP, List.of(1), List.of(), true, Optional.empty(), false);

        assertThat(found(false, reports)).extracting(Finding::rule).containsExactly("icmp-errors-dropped");
    }
}
