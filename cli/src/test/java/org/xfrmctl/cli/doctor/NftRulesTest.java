package org.xfrmctl.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.doctor.Firewall;
import org.xfrmctl.manager.doctor.Firewall.Condition;
import org.xfrmctl.manager.doctor.Firewall.Verdict;

/** What nft 1.0.6 printed of a ruleset. */
class NftRulesTest {
    private static Firewall.Chain chain() throws IOException {
        try (InputStream in = Objects.requireNonNull(NftRulesTest.class.getResourceAsStream("ruleset.json"))) {
            List<Firewall.Chain> chains = NftRules.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow()
                    .chains();
            assertThat(chains).hasSize(1);
            return chains.get(0);
        }
    }

    private static Firewall.Entry rule(String text) throws IOException {
        return chain().rules().stream()
                .filter(each -> each.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
    }

    @Test
    void aBaseChainSaysWhereItStands() throws IOException {
        Firewall.Chain chain = chain();

        assertThat(chain.name()).isEqualTo("inet f in");
        assertThat(chain.hook()).isEqualTo("input");
        assertThat(chain.drops()).isTrue();
    }

    @Test
    void rulesOfAChainThatIsJumpedToStandAmongTheOthers() throws IOException {
        assertThat(chain().rules())
                .extracting(Firewall.Entry::text)
                .containsExactly(
                        "ct state established accept",
                        "meta iif lo accept",
                        "ip protocol esp accept",
                        "meta l4proto { ah, ipcomp } accept",
                        "udp dport { 500, 4500 } accept",
                        "ip protocol ipencap drop",
                        "icmp type destination-unreachable icmp code frag-needed drop",
                        "icmp type destination-unreachable icmp code host-unreachable drop",
                        "icmpv6 type packet-too-big drop",
                        "meta l4proto esp ip saddr 1.2.3.4 drop",
                        "jump other",
                        "tcp dport 22 accept",
                        "meta l4proto != esp reject",
                        "udp dport {\"range\":[1,1023]} drop",
                        "drop",
                        "meta ipsec true accept");
    }

    @Test
    void protocolsAndPortsAreKnownByNameAndNumber() throws IOException {
        assertThat(rule("meta l4proto { ah, ipcomp } accept").about()).containsExactly(51, 108);
        assertThat(rule("udp dport { 500, 4500 } accept").ports()).containsExactly(500, 4500);
        assertThat(rule("ip protocol ipencap drop").about()).containsExactly(4);
        assertThat(rule("ip protocol ipencap drop").verdict()).isEqualTo(Verdict.DROP);
        assertThat(rule("meta ipsec true accept").decrypted()).contains(true);
    }

    @Test
    void onlyReportsOfPacketsThatAreTooLongCount() throws IOException {
        assertThat(rule("icmp type destination-unreachable icmp code frag-needed drop")
                        .about())
                .containsExactly(1);
        assertThat(rule("icmp type destination-unreachable icmp code host-unreachable drop")
                        .about())
                .doesNotContain(1);
        assertThat(rule("icmpv6 type packet-too-big drop").about()).containsExactly(58);
    }

    @Test
    void eachRuleKnowsItsOwnChain() throws IOException {
        assertThat(rule("ip protocol esp accept").chain()).isEqualTo("inet f in");
        assertThat(rule("tcp dport 22 accept").chain()).isEqualTo("inet f other");
        assertThat(chain().family()).isEqualTo("inet");
    }

    @Test
    void whatIsNotUnderstoodIsNoticed() throws IOException {
        assertThat(rule("ct state established accept").condition()).isEqualTo(Condition.NEVER);
        assertThat(rule("ct state established accept").related()).isFalse();
        assertThat(rule("meta iif lo accept").condition()).isEqualTo(Condition.NEVER);
        assertThat(rule("meta l4proto esp ip saddr 1.2.3.4 drop").condition()).isEqualTo(Condition.UNKNOWN);
        assertThat(rule("meta l4proto != esp reject").condition()).isEqualTo(Condition.UNKNOWN);
        assertThat(rule("udp dport {\"range\":[1,1023]} drop").condition()).isEqualTo(Condition.UNKNOWN);
        assertThat(rule("ip protocol esp accept").condition()).isEqualTo(Condition.NONE);
    }

    @Test
    void aHostWithoutRulesHasNoChains() throws IOException {
        assertThat(NftRules.read("{\"nftables\": [{\"metainfo\": {}}]}")
                        .orElseThrow()
                        .chains())
                .isEmpty();
    }
}
