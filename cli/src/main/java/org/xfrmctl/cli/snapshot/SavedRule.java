package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;

/**
 * A rule of routing in a snapshot.
 *
 * @param about what packets must be
 * @param suppressed the length up to which prefixes are passed over, -1 for none
 */
record SavedRule(long priority, About about, String action, int table, OptionalLong goTo, int suppressed) {
    private static final int NOTHING = -1;

    /**
     * Which packets.
     *
     * @param known whether packets here have all that it asks for; else it is met by none
     * @param understood whether the snapshot has all that it asks for; else it is met by none, and who it is for is not known
     * @param inverted whether it is for all others instead
     */
    record About(
            IpPrefix from,
            IpPrefix to,
            Mark mark,
            Optional<String> in,
            Optional<String> out,
            Upper upper,
            boolean known,
            boolean understood,
            boolean inverted) {
        boolean matches(Lookup packet) {
            return known && understood && isMet(packet) != inverted;
        }

        /** Whether it may be for the packet by what is not understood of it. */
        boolean mayMatch(Lookup packet) {
            return !understood && known && (inverted || isMet(packet));
        }

        private boolean isMet(Lookup packet) {
            return (from.length() == 0 || from.contains(packet.source()))
                    && to.contains(packet.destination())
                    && mark.matches(packet.mark())
                    && in.filter(name -> !name.equals(packet.in())).isEmpty()
                    && out.filter(name -> !packet.out().equals(Optional.of(name)))
                            .isEmpty()
                    && upper.matches(packet);
        }
    }

    /** A protocol and ports that a packet must have. */
    record Upper(OptionalInt protocol, Optional<Ports> source, Optional<Ports> destination) {
        private boolean matches(Lookup packet) {
            return (protocol.isEmpty() || protocol.getAsInt() == packet.protocol())
                    && source.filter(ports -> !ports.contains(packet.sourcePort()))
                            .isEmpty()
                    && destination
                            .filter(ports -> !ports.contains(packet.destinationPort()))
                            .isEmpty();
        }
    }

    /** Of the range; with a mask, all that are like its first in the bits of that. */
    record Ports(Range range, OptionalInt mask) {
        boolean contains(int port) {
            return mask.isPresent() ? ((range.first() ^ port) & mask.getAsInt()) == 0 : range.contains(port);
        }
    }

    /** Numbers from the first to the last. */
    record Range(long first, long last) {
        static Range parse(String word) {
            String[] ends = word.split("-", 2);
            return new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
        }

        boolean contains(long value) {
            return first <= value && value <= last;
        }
    }

    /** What a kernel has by itself, and what one without rules does. */
    static List<SavedRule> usual() {
        return List.of(
                lookup(0, Family.INET, 255),
                lookup(32_766, Family.INET, 254),
                lookup(32_767, Family.INET, 253),
                lookup(0, Family.INET6, 255),
                lookup(32_766, Family.INET6, 254));
    }

    private static SavedRule lookup(long priority, Family family, int table) {
        About all = new About(
                IpPrefix.any(family),
                IpPrefix.any(family),
                Mark.NONE,
                Optional.empty(),
                Optional.empty(),
                new Upper(OptionalInt.empty(), Optional.empty(), Optional.empty()),
                true,
                true,
                false);
        return new SavedRule(priority, all, "lookup", table, OptionalLong.empty(), NOTHING);
    }

    static SavedRule read(JsonNode node) {
        IpPrefix from = IpPrefix.parse(Members.text(node, "from"));
        // Nothing is known of a packet's service, and the one that asks is root.
        boolean known = !node.has("tos")
                && range(node, "uid").filter(users -> !users.contains(0)).isEmpty();
        About about = new About(
                from,
                node.has("to") ? IpPrefix.parse(Members.text(node, "to")) : IpPrefix.any(from.family()),
                Members.mark(node, "fwmark"),
                Members.member(node, "iif").map(JsonNode::asText),
                Members.member(node, "oif").map(JsonNode::asText),
                new Upper(
                        node.has("ipproto") ? OptionalInt.of(Members.number(node, "ipproto")) : OptionalInt.empty(),
                        ports(node, "sport"),
                        ports(node, "dport")),
                known,
                !node.path("more").asBoolean(),
                node.path("not").asBoolean());
        return new SavedRule(
                node.path("priority").asLong(),
                about,
                Members.text(node, "action"),
                Members.number(node, "table"),
                node.has("goto") ? OptionalLong.of(node.path("goto").asLong()) : OptionalLong.empty(),
                node.path("suppress_prefixlength").asInt(NOTHING));
    }

    private static Optional<Ports> ports(JsonNode node, String name) {
        OptionalInt mask = Members.member(node, name + "_mask")
                .map(bits -> OptionalInt.of(Members.bits(bits.asText())))
                .orElseGet(OptionalInt::empty);
        return range(node, name).map(range -> new Ports(range, mask));
    }

    private static Optional<Range> range(JsonNode node, String name) {
        return node.has(name) ? Optional.of(Range.parse(Members.text(node, name))) : Optional.empty();
    }

    Family family() {
        return about.from().family();
    }
}
