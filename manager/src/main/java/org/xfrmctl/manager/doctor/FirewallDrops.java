package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;

/** A firewall that drops what the peers send, before or after it is decrypted, or what routers report of long packets. */
final class FirewallDrops implements Rule {
    /** What must come in. */
    private record Need(String name, FirewallWalk walk) {}

    @Override
    public Set<String> names() {
        return Set.of("firewall", "icmp-errors-dropped");
    }

    @Override
    public List<Finding> look(Facts facts) {
        List<Finding> found = new ArrayList<>();
        facts.network().filters().nftables().ifPresent(firewall -> {
            List<XfrmState> inbound =
                    facts.states().stream().filter(facts::isInbound).toList();
            inbound.stream()
                    .flatMap(FirewallDrops::needs)
                    .distinct()
                    .forEach(need -> firewall.chains().stream()
                            .filter(chain -> chain.hook().equals("input"))
                            .forEach(chain ->
                                    need.walk().through(chain).ifPresent(drop -> found.add(packets(need, drop)))));
            inbound.stream()
                    .map(XfrmState::family)
                    .distinct()
                    .map(FirewallDrops::reports)
                    .forEach(walk -> firewall.chains().stream()
                            .filter(chain ->
                                    chain.hook().equals("input") || chain.hook().equals("forward"))
                            .forEach(chain -> walk.through(chain).ifPresent(drop -> found.add(reports(drop)))));
        });
        return found;
    }

    private static Stream<Need> needs(XfrmState state) {
        IpProtocol protocol = state.id().protocol();
        List<Need> needs = new ArrayList<>();
        if (state.options().encap().isPresent()) {
            int port = state.options().encap().get().destinationPort();
            needs.add(new Need("ESP in UDP, port " + port, walk(state, IpProtocol.UDP, port, "udp dport " + port)));
        } else if (protocol.equals(IpProtocol.ESP)) {
            needs.add(new Need("ESP", walk(state, protocol, 0, "meta l4proto esp")));
        } else if (protocol.equals(IpProtocol.AH)) {
            needs.add(new Need("AH", walk(state, protocol, 0, "meta l4proto ah")));
        }
        if (protocol.equals(IpProtocol.COMP) && state.mode().equals(Mode.TUNNEL)) {
            // What was not compressed comes out of ESP as IP in IP, and passes the input hook once more.
            int inner = (state.family() == Family.INET6 ? IpProtocol.IPV6 : IpProtocol.IPIP).number();
            needs.add(new Need(
                    "IP in IP (uncompressed)",
                    new FirewallWalk(
                            state.family(), inner, 0, true, false, "meta ipsec exists meta l4proto " + inner)));
        }
        return needs.stream();
    }

    private static FirewallWalk walk(XfrmState state, IpProtocol protocol, int port, String nft) {
        return new FirewallWalk(state.family(), protocol.number(), port, false, false, nft);
    }

    private static FirewallWalk reports(Family family) {
        return family == Family.INET6
                ? new FirewallWalk(family, IpProtocol.ICMPV6.number(), 0, false, true, "icmpv6 type packet-too-big")
                : new FirewallWalk(
                        family, IpProtocol.ICMP.number(), 0, false, true, "icmp type destination-unreachable");
    }

    private static Finding packets(Need need, FirewallWalk.Drop drop) {
        return new Finding(
                drop.certain() ? Severity.ERROR : Severity.WARNING,
                "firewall",
                "the firewall " + (drop.certain() ? "drops " : "may drop ") + need.name() + " that comes in",
                List.of(drop.seen()),
                "The input hook sees protected packets before they are decrypted, and what was not compressed a second time as IP"
                        + " in IP (docs/FIREWALL.md).",
                List.of(
                        drop.removal(),
                        Finding.Fix.advice("\"xfrmctl firewall\" prints the rules that a definition needs.")));
    }

    private static Finding reports(FirewallWalk.Drop drop) {
        return new Finding(
                Severity.WARNING,
                "icmp-errors-dropped",
                "the firewall " + (drop.certain() ? "drops" : "may drop") + " reports that packets are too long",
                List.of(drop.seen()),
                "Nobody learns of a narrower link without them: small packets pass and large ones vanish (RFC 1191, RFC 8201; RFC"
                        + " 4890, section 4.3.1).",
                List.of(drop.removal()));
    }
}
