package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * What is known of a host.
 *
 * @param tables its states and policies; keys may be blank
 * @param defaults what happens to packets without a policy, where the kernel says so
 * @param counters those of xfrm_stat now
 * @param rises how much they rose while they were looked at
 * @param network what lies around
 */
public record Facts(
        Snapshot tables,
        Optional<DefaultPolicies> defaults,
        Map<XfrmCounter, Long> counters,
        Map<XfrmCounter, Long> rises,
        Network network) {
    public Facts {
        counters = Map.copyOf(counters);
        rises = Map.copyOf(rises);
    }

    /**
     * Links, addresses, routes, settings.
     *
     * @param sysctls by their files below /proc/sys, for example {@code net/ipv4/ip_forward}
     * @param links the names of those that are up and see packets in clear: no loopback, VTI or xfrm interface
     * @param own the host's addresses
     * @param filters what decides about packets beside xfrm
     * @param paths the ways to the peers of its states
     */
    public record Network(
            Map<String, String> sysctls,
            List<String> links,
            Set<IpAddress> own,
            Sockets sockets,
            Filters filters,
            List<PeerPath> paths) {
        public static final Network UNKNOWN =
                new Network(Map.of(), List.of(), Set.of(), Sockets.UNKNOWN, Filters.UNKNOWN, List.of());

        public Network {
            sysctls = Map.copyOf(sysctls);
            links = List.copyOf(links);
            own = Set.copyOf(own);
            paths = List.copyOf(paths);
        }

        /** A setting as a number; 0 where it is not known. */
        int sysctl(String file) {
            return Optional.ofNullable(sysctls.get(file))
                    .map(String::strip)
                    .filter(text -> text.matches("-?\\d{1,9}"))
                    .map(Integer::parseInt)
                    .orElse(0);
        }

        boolean forwards(Family family) {
            return sysctl(family == Family.INET6 ? "net/ipv6/conf/all/forwarding" : "net/ipv4/ip_forward") != 0;
        }
    }

    /**
     * The rules of a host's packet filters.
     *
     * @param nftables as nft tells them, if it could be asked; rules of iptables-nft are among them
     * @param legacy the tables that iptables-legacy has made beside them, for example {@code ip filter}: nft does not show what
     *     stands there, if anything does; empty if they could not be read
     */
    public record Filters(Optional<Firewall> nftables, Optional<List<String>> legacy) {
        public static final Filters UNKNOWN = new Filters(Optional.empty(), Optional.empty());

        public Filters {
            legacy = legacy.map(List::copyOf);
        }
    }

    /**
     * Who listens.
     *
     * @param acquires whether somebody does to the kernel's requests for states; empty if that is not known
     * @param udpPorts those that UDP sockets are bound to; empty if that is not known
     */
    public record Sockets(Optional<Boolean> acquires, Optional<Set<Integer>> udpPorts) {
        public static final Sockets UNKNOWN = new Sockets(Optional.empty(), Optional.empty());

        public Sockets {
            udpPorts = udpPorts.map(Set::copyOf);
        }
    }

    /** Policies of the table that everybody uses, socket policies left out. */
    Stream<XfrmPolicy> policies(Direction... directions) {
        Set<Direction> wanted = Set.of(directions);
        return tables.policies().stream()
                .filter(policy -> wanted.contains(policy.direction()))
                .filter(policy -> policy.type().orElse(PolicyType.MAIN).equals(PolicyType.MAIN));
    }

    /** Those that ask for transforms. */
    Stream<XfrmPolicy> protecting(Direction... directions) {
        return policies(directions)
                .filter(policy -> policy.action() == PolicyAction.ALLOW
                        && !policy.templates().isEmpty());
    }

    /** States that work: not the kernel's own companions, nor what waits for a keying daemon, which has no algorithms yet. */
    List<XfrmState> states() {
        return tables.states().stream()
                .filter(state -> !state.isImplied() && !state.id().spi().equals(Spi.NONE))
                .filter(state ->
                        !state.id().protocol().isIpsec() || !state.algorithms().isEmpty())
                .toList();
    }

    long rise(XfrmCounter counter) {
        return rises.getOrDefault(counter, 0L);
    }

    /** Whether this host is where a state leads, as far as its addresses are known, else as its use tells. */
    boolean isInbound(XfrmState state) {
        return state.options()
                .placement()
                .direction()
                .map(direction -> direction == SaDirection.IN)
                .orElseGet(() -> network.own().contains(state.id().destination()));
    }
}
