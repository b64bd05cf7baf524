package org.xfrmctl.netlink.route;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.RawAttribute;

/**
 * A rule that sends packets to a routing table.
 *
 * @param priority rules are tried from 0 on, unsigned
 * @param table {@link RouteTable#NONE} for actions that need none
 * @param protocol who made it, as {@link Route#STATIC}
 */
public record Rule(int priority, Match match, Action action, RouteTable table, int protocol, List<RawAttribute> other) {

    /**
     * The packets that it is for.
     *
     * @param from {@code /0} for any, and {@code to} too
     * @param mark {@link Mark#NONE} for any
     * @param tos as {@link Route.Key}
     * @param inverted whether it is for all other packets instead
     */
    public record Match(IpPrefix from, IpPrefix to, Mark mark, Links links, int tos, boolean inverted) {
        public Match {
            RouteAttributes.requireByte("tos", tos);
            if (from.family() != to.family()) {
                throw new IllegalArgumentException("a rule mixes " + from + " and " + to);
            }
        }

        /** Every packet of a family. */
        public static Match any(Family family) {
            return new Match(IpPrefix.any(family), IpPrefix.any(family), Mark.NONE, Links.ANY, 0, false);
        }

        public Match from(IpPrefix prefix) {
            return new Match(prefix, to, mark, links, tos, inverted);
        }

        public Match to(IpPrefix prefix) {
            return new Match(from, prefix, mark, links, tos, inverted);
        }

        public Match marked(Mark wanted) {
            return new Match(from, to, wanted, links, tos, inverted);
        }

        public Match arrivingBy(String link) {
            return new Match(from, to, mark, new Links(Optional.of(link), links.out), tos, inverted);
        }

        public Match leavingBy(String link) {
            return new Match(from, to, mark, new Links(links.in, Optional.of(link)), tos, inverted);
        }

        public Match not() {
            return new Match(from, to, mark, links, tos, !inverted);
        }
    }

    /**
     * By name, for a rule may be older than its links.
     *
     * @param in where the packet arrived; {@code lo} stands for the host's own packets
     * @param out the link that its socket is bound to
     */
    public record Links(Optional<String> in, Optional<String> out) {
        public static final Links ANY = new Links(Optional.empty(), Optional.empty());
    }

    /** What a rule does with its packets ({@code FR_ACT_*}, 0 to 255). */
    public record Action(int number) {
        public static final Action LOOKUP = new Action(1);
        public static final Action GOTO = new Action(2);
        public static final Action NOTHING = new Action(3);
        public static final Action BLACKHOLE = new Action(6);
        public static final Action UNREACHABLE = new Action(7);
        public static final Action PROHIBIT = new Action(8);

        public Action {
            RouteAttributes.requireByte("rule action", number);
        }

        /** The name that {@code ip rule} gives it; the number if it has none. */
        @Override
        public String toString() {
            return switch (number) {
                case 1 -> "lookup";
                case 2 -> "goto";
                case 3 -> "nop";
                case 6 -> "blackhole";
                case 7 -> "unreachable";
                case 8 -> "prohibit";
                default -> Integer.toString(number);
            };
        }
    }

    public Rule {
        RouteAttributes.requireByte("protocol", protocol);
        other = List.copyOf(other);
    }

    /** A static rule. */
    public static Rule lookup(int priority, Match match, RouteTable table) {
        return new Rule(priority, match, Action.LOOKUP, table, Route.STATIC, List.of());
    }

    /** A static rule that refuses packets. */
    public static Rule refusing(int priority, Match match, Action action) {
        return new Rule(priority, match, action, RouteTable.NONE, Route.STATIC, List.of());
    }

    public Rule withProtocol(int changed) {
        return new Rule(priority, match, action, table, changed, other);
    }

    public Family family() {
        return match.from.family();
    }

    /** As {@code ip rule} has it. */
    @Override
    public String toString() {
        return Integer.toUnsignedString(priority)
                + ":" + (match.inverted ? " not" : "")
                + " from " + (match.from.length() > 0 ? match.from : "all")
                + (match.to.length() > 0 ? " to " + match.to : "")
                + (match.tos != 0 ? " tos 0x" + Integer.toHexString(match.tos) : "")
                + (match.mark.isNone() ? "" : " fwmark " + match.mark)
                + match.links.in.map(name -> " iif " + name).orElse("")
                + match.links.out.map(name -> " oif " + name).orElse("")
                + " " + action
                + (table.equals(RouteTable.NONE) ? "" : " " + table);
    }
}
