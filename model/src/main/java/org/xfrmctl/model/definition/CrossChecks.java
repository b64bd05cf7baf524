package org.xfrmctl.model.definition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** What must be unique or exist across all connections and files. */
final class CrossChecks {
    private final Collected collected;
    private final Problems problems;
    private final Map<String, Place> seen = new HashMap<>();

    CrossChecks(Collected collected) {
        this.collected = collected;
        this.problems = collected.problems;
    }

    void run() {
        collected.sas.forEach(this::sa);
        collected.derived.forEach(this::derived);
        collected.interfaces.values().forEach(this::interfaces);
        for (Collected.FixedReqid reqid : collected.reqids) {
            first("reqid " + reqid.bits(), reqid.place())
                    .ifPresent(before -> problems.add(
                            reqid.place(),
                            "reqid " + Integer.toUnsignedString(reqid.bits()) + " belongs to the child at " + before
                                    + "; by it the kernel finds a child's SAs, so each needs its own; change one"));
        }
    }

    private void interfaces(LogicalInterface each) {
        if (each.kind() instanceof LogicalInterface.Kind.Xfrm xfrm) {
            // net/xfrm/xfrm_interface_core.c, xfrmi_create(): EEXIST.
            first("if_id " + xfrm.ifId(), each.place())
                    .ifPresent(before -> problems.add(
                            each.place(),
                            "if_id " + xfrm.ifId() + " is that of the interface at " + before
                                    + "; by it packets find their interface, so each needs its own; change one"));
        }
        if (each.kind() instanceof LogicalInterface.Kind.Tunnel tunnel) {
            // net/ipv4/ip_tunnel.c, ip_tunnel_find(): EEXIST.
            first("ends " + tunnel.wrapping() + tunnel.local() + tunnel.remote() + tunnel.key(), each.place())
                    .ifPresent(before -> problems.add(
                            each.place(),
                            "its type, ends and key are those of the interface at " + before
                                    + "; by them packets find their interface; change one"));
        }
        each.routes().forEach(route -> way(each, route));
        each.routes()
                .forEach(route -> first("route " + route, each.place())
                        .ifPresent(before -> problems.add(
                                each.place(),
                                "the route to " + route + " leads to the interface at " + before
                                        + " already; a packet takes one way only; remove one")));
    }

    /** What the kernel refuses beside an address of that network, and what leads a tunnel's packets into itself. */
    private void way(LogicalInterface each, IpPrefix route) {
        each.addresses().stream()
                .filter(address -> address.family() == Family.INET
                        && address.length() < Family.INET.bits()
                        && address.network().equals(route))
                .findFirst()
                .ifPresent(address -> problems.add(
                        each.place(),
                        "the route to " + route + " comes with the address " + address + "; remove the route"));
        if (each.kind() instanceof LogicalInterface.Kind.Tunnel tunnel
                && route.equals(IpPrefix.host(tunnel.remote()))) {
            problems.add(
                    each.place(),
                    "the route to " + route + " leads what the tunnel sends into itself; remove the route");
        }
    }

    /** The kernel finds a state by destination, SPI and protocol: the same pair twice is one state. */
    private void sa(Collected.Sa sa) {
        IpAddress destination =
                sa.outward() ? sa.endpoints().remote() : sa.endpoints().local();
        String spi = sa.parameters().spi().toString();
        first("spi " + spi + " " + destination, sa.spi())
                .ifPresent(before -> problems.add(sa.spi(), taken("spi " + spi, destination, before)));
        sa.parameters()
                .cpi()
                .map(Cpi::toString)
                .ifPresent(cpi -> first("cpi " + cpi + " " + destination, sa.cpi())
                        .ifPresent(before -> problems.add(sa.cpi(), taken("cpi " + cpi, destination, before))));
        SaParameters parameters = sa.parameters();
        if (isDefined(parameters.key(), parameters.place())) {
            key(parameters);
        }
    }

    private static String taken(String what, IpAddress destination, Place before) {
        return what + " toward " + destination + " is taken at " + before
                + "; allowed is one that no other SA to this address has; choose another, at both ends";
    }

    /** Children may share a secret to derive from, for their names tell the keys apart; it is no SA's own key, too. */
    private void derived(DerivedSas sas) {
        if (isDefined(sas.secret(), sas.place())) {
            Optional.ofNullable(seen.get("key " + sas.secret()))
                    .ifPresent(before -> problems.add(
                            sas.place(),
                            "secret " + Node.Scalar.quote(sas.secret()) + " is an SA's own key at " + before
                                    + "; what keys are derived from is used for nothing else; add a secret"));
        }
    }

    private boolean isDefined(String secret, Place place) {
        boolean defined = collected.secretNames.containsKey(secret);
        if (!defined) {
            problems.add(
                    place,
                    "no secret " + Node.Scalar.quote(secret) + " is defined; "
                            + Names.nearest(secret, collected.secretNames.keySet())
                                    .map(name -> "did you mean \"" + name + "\"?")
                                    .orElse("add it below \"secrets:\", as NAME: { file: NAME.key }"));
        }
        return defined;
    }

    private void key(SaParameters sa) {
        // Two SAs with one AES-GCM key use the same nonces, which reveals plaintext and forges (RFC 4106, section 3).
        first("key " + sa.key(), sa.place())
                .ifPresent(
                        before -> problems.add(
                                sa.place(),
                                "secret " + Node.Scalar.quote(sa.key()) + " is used at " + before
                                        + "; each SA needs its own key, for one nonce must not meet one key twice; add a secret"));
    }

    private Optional<Place> first(String what, Place place) {
        return Optional.ofNullable(seen.putIfAbsent(what, place));
    }
}
