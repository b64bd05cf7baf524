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
     * @param family {@code inet}, {@code ip}, {@code ip6} and others
     * @param name family, table and chain, as {@code nft} wants them
     * @param hook {@code input}, {@code forward}, {@code output} and so on
     * @param drops whether its policy is to drop what no rule has accepted
     * @param rules in order, those of chains that are jumped to without a condition among them
     */
    public record Chain(String family, String name, String hook, boolean drops, List<Entry> rules) {
        public Chain {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule.
     *
     * @param chain in which it stands, as {@code nft} wants it
     * @param text for people
     * @param about protocols that it asks for, by IANA's numbers; empty if it asks for none
     * @param ports destination ports of UDP that it asks for
     * @param decrypted whether it asks for packets that came through a state, or for others
     * @param related whether it asks for what conntrack calls related, as ICMP errors are
     */
    public record Entry(
            String chain,
            long handle,
            String text,
            Verdict verdict,
            List<Integer> about,
            List<Integer> ports,
            Optional<Boolean> decrypted,
            boolean related,
            Condition condition) {
        public Entry {
            about = List.copyOf(about);
            ports = List.copyOf(ports);
        }
    }

    /** What becomes of a packet that meets a rule. */
    public enum Verdict {
        ACCEPT,
        DROP,
        RETURN,
        /** It goes on. */
        ELSE
    }

    /** What a rule asks for beside protocol, port and decryption. */
    public enum Condition {
        NONE,
        /** That no first packet from outside meets: an established connection, loopback. */
        NEVER,
        /** Perhaps the peer's packets meet it. */
        UNKNOWN
    }
}
