package org.xfrmctl.manager.doctor;

import java.util.Optional;
import org.xfrmctl.manager.doctor.Firewall.Chain;
import org.xfrmctl.manager.doctor.Firewall.Condition;
import org.xfrmctl.manager.doctor.Firewall.Entry;
import org.xfrmctl.manager.doctor.Firewall.Verdict;
import org.xfrmctl.model.Family;

/**
 * Follows a packet through a chain, as far as its rules are understood.
 *
 * @param protocol by IANA's number
 * @param port of UDP; 0 for other protocols
 * @param decrypted whether the packet came through a state
 * @param error whether it is one that conntrack calls related
 * @param nft what a rule has to say to accept it
 */
record FirewallWalk(Family family, int protocol, int port, boolean decrypted, boolean error, String nft) {
    /**
     * The end of the way.
     *
     * @param seen the rule or policy that drops it
     * @param certain whether no rule that is not understood came before
     * @param removal what lets the packet pass
     */
    record Drop(String seen, boolean certain, Finding.Fix removal) {}

    /** Empty if it is accepted, or not this chain's matter. */
    Optional<Drop> through(Chain chain) {
        if (!chain.family().equals("inet") && !chain.family().equals(family == Family.INET6 ? "ip6" : "ip")) {
            return Optional.empty();
        }
        boolean certain = true;
        for (Entry rule : chain.rules()) {
            if (error && rule.related() && rule.verdict() == Verdict.ACCEPT) {
                return Optional.empty();
            }
            if (!meets(rule) || rule.condition() == Condition.NEVER) {
                continue;
            }
            if (rule.condition() == Condition.UNKNOWN || rule.verdict() == Verdict.RETURN) {
                certain = false;
            } else if (rule.verdict() == Verdict.ACCEPT) {
                return Optional.empty();
            } else if (rule.verdict() == Verdict.DROP) {
                return Optional.of(dropped(chain, rule, certain));
            }
        }
        return chain.drops()
                ? Optional.of(new Drop(
                        chain.name() + ": policy drop, and no rule that accepts it",
                        certain,
                        accepting(chain, certain)))
                : Optional.empty();
    }

    private boolean meets(Entry rule) {
        boolean sameProtocol = rule.about().isEmpty() || rule.about().contains(protocol);
        boolean samePort = rule.ports().isEmpty() || rule.ports().contains(port);
        boolean sameSide = rule.decrypted().map(wanted -> wanted == decrypted).orElse(true);
        return sameProtocol && samePort && sameSide;
    }

    /** A rule that is about this protocol alone may go; another has its reasons. */
    private Drop dropped(Chain chain, Entry rule, boolean certain) {
        boolean own = rule.about().size() == 1;
        return new Drop(
                rule.chain() + ": " + rule.text(),
                certain,
                certain && own
                        ? Finding.Fix.command("nft delete rule " + rule.chain() + " handle " + rule.handle())
                        : accepting(chain, certain));
    }

    private Finding.Fix accepting(Chain chain, boolean certain) {
        return certain
                ? Finding.Fix.command("nft insert rule " + chain.name() + " " + nft + " accept")
                : Finding.Fix.advice("See whether a rule before it accepts \"" + nft + "\": nft list ruleset.");
    }
}
