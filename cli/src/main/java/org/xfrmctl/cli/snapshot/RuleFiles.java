package org.xfrmctl.cli.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.route.Rule;
import org.xfrmctl.netlink.route.RuleExtras;

/** Rules of routing as JSON. */
final class RuleFiles {
    private RuleFiles() {}

    /** In the order in which they are tried, those of IPv4 first; empty for a kernel that has no rules. */
    static Optional<List<Map<String, Object>>> rules(RouteClient client) {
        try {
            List<Map<String, Object>> rules = new ArrayList<>();
            client.listRules(Family.UNSPEC).forEach(rule -> rules.add(of(rule)));
            return Optional.of(rules);
        } catch (NetlinkException e) {
            if (e.is(Errno.EOPNOTSUPP)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, Object> of(Rule rule) {
        Rule.Match match = rule.match();
        RuleExtras extras = RuleExtras.of(rule);
        return Json.object(
                "priority", Integer.toUnsignedLong(rule.priority()),
                "not", when(match.inverted()),
                "from", match.from().toString(),
                "to", prefix(match.to()),
                "fwmark",
                        match.mark().isNone()
                                ? Optional.empty()
                                : Optional.of(hex(match.mark().value()) + "/"
                                        + hex(match.mark().mask())),
                "iif", match.links().in(),
                "oif", match.links().out(),
                "tos", match.tos() == 0 ? Optional.empty() : Optional.of(match.tos()),
                "ipproto", number(extras.protocol()),
                "sport", extras.sourcePorts().map(ports -> ports.range().toString()),
                "sport_mask", extras.sourcePorts().flatMap(RuleFiles::mask),
                "dport", extras.destinationPorts().map(ports -> ports.range().toString()),
                "dport_mask", extras.destinationPorts().flatMap(RuleFiles::mask),
                "uid", extras.users().map(RuleExtras.Range::toString),
                "action", rule.action().toString(),
                "table",
                        rule.table().equals(RouteTable.NONE)
                                ? Optional.empty()
                                : Optional.of(
                                        Integer.toUnsignedLong(rule.table().id())),
                "goto", number(extras.goTo()),
                "suppress_prefixlength", number(extras.suppressed()),
                "more", when(!extras.complete()));
    }

    private static Optional<String> mask(RuleExtras.Ports ports) {
        return ports.mask().isPresent() ? Optional.of(hex(ports.mask().getAsInt())) : Optional.empty();
    }

    private static Optional<Boolean> when(boolean said) {
        return said ? Optional.of(true) : Optional.empty();
    }

    private static Optional<String> prefix(IpPrefix prefix) {
        return prefix.length() == 0 ? Optional.empty() : Optional.of(prefix.toString());
    }

    private static Optional<Long> number(OptionalInt value) {
        return value.isPresent() ? Optional.of(Integer.toUnsignedLong(value.getAsInt())) : Optional.empty();
    }

    private static String hex(int bits) {
        return "0x" + Integer.toHexString(bits);
    }
}
