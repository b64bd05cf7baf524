package org.xfrmctl.model.definition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** Reads {@code interfaces:}. */
final class InterfaceReader {
    private static final long UINT = 0xffff_ffffL;
    // include/uapi/linux/if.h, IFNAMSIZ, with its NUL.
    private static final int LONGEST_NAME = 15;
    // RFC 791, section 3.2; RFC 8200, section 5.
    private static final int LEAST_V4 = 68;
    private static final int LEAST_V6 = 1280;
    private static final String TYPES = "allowed are xfrm, gre and ipip";
    private static final String PREFIX = "allowed is ADDRESS/LENGTH or a list of them";

    private final Collected collected;
    private final Problems problems;

    InterfaceReader(Collected collected) {
        this.collected = collected;
        this.problems = collected.problems;
    }

    void read(Node interfaces) {
        for (Node.Entry entry : ConnectionReader.named(interfaces, "interface", problems)) {
            if (entry.key().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                    || List.of(".", "..", "lo", "all", "default").contains(entry.key())) {
                problems.add(
                        entry.keyPlace(),
                        "found " + Node.Scalar.quote(entry.key())
                                + "; the kernel takes names of interfaces of up to 15 bytes, and neither \".\" nor \"..\";"
                                + " \"lo\" is there already, and \"all\" and \"default\" are its settings for any; choose another");
            } else if (Collected.isNew(
                    collected.interfaceNames, entry.key(), entry.keyPlace(), "interface", problems)) {
                read(entry).ifPresent(each -> collected.interfaces.put(entry.key(), each));
            }
        }
    }

    private Optional<LogicalInterface> read(Node.Entry entry) {
        Optional<Section> opened = Section.open(entry.value(), Vocabulary.INTERFACE, problems);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        Section section = opened.get();
        Optional<String> type = section.required("type", TYPES, InterfaceReader::type);
        Optional<LogicalInterface.Kind> kind =
                type.flatMap(name -> name.equals("xfrm") ? xfrm(section) : tunnel(section, name));
        List<IpPrefix> addresses = section.orElse("addresses", List.of(), node -> prefixes(node, false));
        List<IpPrefix> routes = section.orElse("routes", List.of(), node -> prefixes(node, true));
        boolean carriesV6 = addresses.stream().anyMatch(each -> each.family() == Family.INET6)
                || routes.stream().anyMatch(each -> each.family() == Family.INET6);
        if (carriesV6 && kind.filter(InterfaceReader::isIpip).isPresent()) {
            problems.add(
                    section.placeOf("type"),
                    "ipip carries IPv4 alone; take gre or xfrm, or remove the IPv6 addresses and routes");
        }
        Optional<Integer> mtu = section.optional("mtu", node -> mtu(node, carriesV6));
        return kind.map(each -> new LogicalInterface(
                entry.key(),
                entry.keyPlace(),
                each,
                mtu.map(OptionalInt::of).orElse(OptionalInt.empty()),
                addresses,
                routes));
    }

    private static boolean isIpip(LogicalInterface.Kind kind) {
        return kind instanceof LogicalInterface.Kind.Tunnel tunnel
                && tunnel.wrapping() == LogicalInterface.Wrapping.IPIP;
    }

    private static String type(Node node) {
        String type = Scalars.text(node, TYPES);
        if (!List.of("xfrm", "gre", "ipip").contains(type)) {
            throw Scalars.refuse(node, TYPES);
        }
        return type;
    }

    private static int mtu(Node node, boolean carriesV6) {
        int least = carriesV6 ? LEAST_V6 : LEAST_V4;
        return (int) Scalars.number(
                node, least, 65535, "allowed are " + least + " to 65535" + (carriesV6 ? ", for it carries IPv6" : ""));
    }

    private Optional<LogicalInterface.Kind> xfrm(Section section) {
        refuse(section, List.of("local", "remote", "key", "ttl"), "an xfrm interface has none: its states say it");
        Optional<IfId> ifId = section.required(
                "if_id",
                "give a number that no other interface has",
                node -> new IfId((int) Scalars.number(node, 1, UINT, "allowed is 1 to 0xffffffff; 0 means none")));
        Optional<String> lower =
                section.optional("dev", node -> Scalars.text(node, "allowed is the name of an interface"));
        return ifId.map(id -> new LogicalInterface.Kind.Xfrm(id, lower));
    }

    private Optional<LogicalInterface.Kind> tunnel(Section section, String type) {
        refuse(section, List.of("if_id", "dev"), "that is for type xfrm");
        Optional<IpAddress> local = section.required("local", "give this gateway's address", InterfaceReader::gateway);
        Optional<IpAddress> remote =
                section.required("remote", "give the other gateway's address", InterfaceReader::gateway);
        if (!type.equals("gre")) {
            refuse(section, List.of("key"), "only GRE has keys");
        }
        Optional<Integer> key = section.optional("key", node ->
                (int) Scalars.number(node, 0, UINT, "allowed is 0 to 4294967295, the same at both ends"));
        int ttl = section.orElse("ttl", 64, node -> (int)
                Scalars.number(node, 0, 255, "allowed are 1 to 255, or 0 to take over that of the packet inside"));
        if (local.isEmpty() || remote.isEmpty()) {
            return Optional.empty();
        }
        if (local.equals(remote)) {
            problems.add(section.placeOf("remote"), "both ends are " + local.get() + "; they must differ");
            return Optional.empty();
        }
        return Optional.of(new LogicalInterface.Kind.Tunnel(
                type.equals("gre") ? LogicalInterface.Wrapping.GRE : LogicalInterface.Wrapping.IPIP,
                local.get(),
                remote.get(),
                key.map(OptionalInt::of).orElse(OptionalInt.empty()),
                ttl));
    }

    private static IpAddress gateway(Node node) {
        IpAddress address = Scalars.address(node);
        if (address.family() != Family.INET) {
            throw Scalars.refuse(
                    node, "tunnels over IPv6 are not supported; allowed is an IPv4 address, or take type xfrm");
        }
        return address;
    }

    private void refuse(Section section, List<String> keys, String why) {
        for (String key : keys) {
            section.node(key).ifPresent(node -> problems.add(node.place(), "\"" + key + "\": " + why + "; remove it"));
        }
    }

    /** {@code network}: bits of a host are refused, for no route has them. */
    private static List<IpPrefix> prefixes(Node node, boolean network) {
        return Scalars.several(node, PREFIX).stream()
                .map(item -> prefix(item, network))
                .distinct()
                .toList();
    }

    private static IpPrefix prefix(Node node, boolean network) {
        String text = Scalars.text(node, PREFIX);
        try {
            IpPrefix prefix = IpPrefix.parse(text);
            if (network && !prefix.equals(prefix.network())) {
                throw Scalars.refuse(node, "it has bits behind its length; allowed is " + prefix.network());
            }
            return prefix;
        } catch (IllegalArgumentException e) {
            throw Scalars.refuse(node, PREFIX);
        }
    }
}
