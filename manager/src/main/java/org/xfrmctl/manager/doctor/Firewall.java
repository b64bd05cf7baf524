package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Optional;

/**
 * The rules of nftables, as far as they are about what IPsec needs.
 *
 * @param chains those that packets come to by themselves, and what stands in them
 */
public record Firewall(List<Chain> chains) {
    public Firewall {
        chains = List.copyOf(chains);
    }

    /**
     * A base chain.
     *
     * @param name family, table and chain, as {@code nft} wants them
     * @param hook {@code input}, {@code forward}, {@code output} and so on
     * @param drops whether its policy is to drop what no rule has accepted
     */
    public record Chain(String name, String hook, boolean drops, List<Entry> rules) {
        public Chain {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule.
     *
     * @param text for people
     * @param about protocols that it asks for, by IANA's numbers; empty if it asks for none
     * @param ports destination ports of UDP that it asks for
     * @param icmpErrors whether it asks for Fragmentation Needed or Packet Too Big
     * @param decrypted whether it asks for packets that came through a state, or for others
     * @param other whether it asks for anything else: then it does not meet all packets of the protocol
     */
    public record Entry(
            long handle,
            String text,
            Verdict verdict,
            List<Integer> about,
            List<Integer> ports,
            boolean icmpErrors,
            Optional<Boolean> decrypted,
            boolean other) {
        public Entry {
            about = List.copyOf(about);
            ports = List.copyOf(ports);
        }
    }

    /** What becomes of a packet that meets a rule. */
    public enum Verdict {
        ACCEPT,
        DROP,
        /** It goes on to the next rule, or to another chain. */
        ELSE
    }

    /** Somebody drops something: the rule, or the chain's policy. */
    public record Drop(String rule, String removal) {}

    /** Rules that drop reports of packets that are too long. */
    List<Drop> dropsOfIcmpErrors() {
        return chains.stream()
                .flatMap(chain -> chain.rules().stream()
                        .filter(rule -> rule.verdict() == Verdict.DROP && rule.icmpErrors())
                        .map(rule -> drop(chain, rule)))
                .toList();
    }

    static Drop drop(Chain chain, Entry rule) {
        return new Drop(
                chain.name() + ": " + rule.text(), "nft delete rule " + chain.name() + " handle " + rule.handle());
    }
}
