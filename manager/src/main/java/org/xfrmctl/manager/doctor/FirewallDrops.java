package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;

/** A firewall that drops what the peers send, before or after it is decrypted. */
final class FirewallDrops implements Rule {
    private static final int UDP = 17;
    private static final int ANY_PORT = 0;

    /** What must come in. */
    private record Need(String name, int protocol, int port, boolean decrypted, String nft) {}

    @Override
    public List<Finding> look(Facts facts) {
        List<Finding> found = new ArrayList<>();
        facts.network().firewall().ifPresent(firewall -> {
            List<Need> needs = facts.states().stream()
                    .filter(facts::isInbound)
                    .flatMap(state -> needs(state).stream())
                    .distinct()
                    .toList();
            for (Need need : needs) {
                firewall.chains().stream()
                        .filter(chain ->
                                chain.hook().equals("input") || chain.hook().equals("prerouting"))
                        .forEach(chain -> drop(chain, need).ifPresent(drop -> found.add(finding(need, chain, drop))));
            }
        });
        return found;
    }

    private static List<Need> needs(XfrmState state) {
        List<Need> needs = new ArrayList<>();
        IpProtocol protocol = state.id().protocol();
        if (state.options().encap().isPresent()) {
            int port = state.options().encap().get().destinationPort();
            needs.add(new Need("ESP in UDP, port " + port, UDP, port, false, "udp dport " + port));
        } else if (protocol.equals(IpProtocol.ESP)) {
            needs.add(new Need("ESP", protocol.number(), ANY_PORT, false, "meta l4proto esp"));
        } else if (protocol.equals(IpProtocol.AH)) {
            needs.add(new Need("AH", protocol.number(), ANY_PORT, false, "meta l4proto ah"));
        }
        if (protocol.equals(IpProtocol.COMP) && state.mode().equals(Mode.TUNNEL)) {
            // What was not compressed comes out of ESP as IP in IP, and passes the input hook once more.
            int inner = state.family() == Family.INET6 ? IpProtocol.IPV6.number() : IpProtocol.IPIP.number();
            needs.add(new Need(
                    "IP in IP (uncompressed)", inner, ANY_PORT, true, "meta ipsec exists meta l4proto " + inner));
        }
        return needs;
    }

    /** The rule or policy that such a packet ends at, if it can be told. */
    private static Optional<Firewall.Drop> drop(Firewall.Chain chain, Need need) {
        for (Firewall.Entry rule : chain.rules()) {
            if (!meets(rule, need)) {
                continue;
            }
            switch (rule.verdict()) {
                case ACCEPT -> {
                    // One with more conditions may be about this peer; but not one that is about everything else as
                    // well.
                    if (!rule.other() || !rule.about().isEmpty()) {
                        return Optional.empty();
                    }
                }
                case DROP -> {
                    if (!rule.other()) {
                        return Optional.of(Firewall.drop(chain, rule));
                    }
                }
                case ELSE -> {}
            }
        }
        return chain.drops()
                ? Optional.of(new Firewall.Drop(
                        chain.name() + ": policy drop, and no rule that accepts it",
                        "nft insert rule " + chain.name() + " " + need.nft() + " accept"))
                : Optional.empty();
    }

    /** As far as the rule's conditions are known. */
    private static boolean meets(Firewall.Entry rule, Need need) {
        boolean protocol = rule.about().isEmpty() || rule.about().contains(need.protocol());
        boolean port = rule.ports().isEmpty() || rule.ports().contains(need.port());
        boolean decrypted =
                rule.decrypted().map(wanted -> wanted == need.decrypted()).orElse(true);
        return protocol && port && decrypted && !rule.icmpErrors();
    }

    private static Finding finding(Need need, Firewall.Chain chain, Firewall.Drop drop) {
        return new Finding(
                Severity.ERROR,
                "firewall",
                "the firewall drops " + need.name() + " that comes in",
                List.of(drop.rule()),
                "The " + chain.hook()
                        + " hook sees protected packets before they are decrypted, and what was not compressed a second"
                        + " time as IP in IP (docs/FIREWALL.md).",
                List.of(
                        Finding.Fix.command(drop.removal()),
                        Finding.Fix.advice("\"xfrmctl firewall\" prints the rules that a definition needs.")));
    }
}
