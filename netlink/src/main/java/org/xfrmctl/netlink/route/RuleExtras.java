package org.xfrmctl.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.uapi.Fra;

/**
 * What a rule says beside what {@link Rule} has members for ({@code fib_rule_match()}, {@code fib4_rule_suppress()}).
 *
 * @param goTo the priority where the search goes on, for {@link Rule.Action#GOTO}
 * @param suppressed routes with prefixes up to this length are passed over, so that the next rule is asked
 * @param protocol that packets carry, by IANA's number
 * @param users of the sockets that packets come from
 * @param complete whether the rule says nothing else
 */
public record RuleExtras(
        OptionalInt goTo,
        OptionalInt suppressed,
        OptionalInt protocol,
        Optional<Ports> sourcePorts,
        Optional<Ports> destinationPorts,
        Optional<Range> users,
        boolean complete) {
    private static final int NOTHING = -1;
    private static final Set<Integer> KNOWN = Set.of(
            Fra.GOTO,
            Fra.SUPPRESS_PREFIXLEN,
            Fra.UID_RANGE,
            Fra.IP_PROTO,
            Fra.SPORT_RANGE,
            Fra.DPORT_RANGE,
            Fra.SPORT_MASK,
            Fra.DPORT_MASK);

    /**
     * Ports, and which of their bits are compared.
     *
     * @param mask empty if all are: kernels from 6.15 on say so of each rule with one port, others of none
     */
    public record Ports(Range range, OptionalInt mask) {
        private static final int EXACT = 0xffff;

        private static Ports of(Range range, int mask) {
            return new Ports(range, mask == 0 || mask == EXACT ? OptionalInt.empty() : OptionalInt.of(mask));
        }
    }

    /** Both ends belong to it; 32 unsigned bits. */
    public record Range(int first, int last) {
        @Override
        public String toString() {
            return Integer.toUnsignedString(first) + "-" + Integer.toUnsignedString(last);
        }
    }

    public static RuleExtras of(Rule rule) {
        return new RuleExtras(
                u32(rule, Fra.GOTO),
                suppressed(u32(rule, Fra.SUPPRESS_PREFIXLEN)),
                find(rule, Fra.IP_PROTO, Byte.BYTES)
                        .map(payload -> OptionalInt.of(Byte.toUnsignedInt(payload.toArray()[0])))
                        .orElseGet(OptionalInt::empty),
                ports(rule, Fra.SPORT_RANGE, Fra.SPORT_MASK),
                ports(rule, Fra.DPORT_RANGE, Fra.DPORT_MASK),
                range(rule, Fra.UID_RANGE, Integer.BYTES),
                rule.other().stream().allMatch(RuleExtras::isUnderstood));
    }

    /** Kernels always send it, mostly without meaning. */
    private static OptionalInt suppressed(OptionalInt length) {
        return length.isPresent() && length.getAsInt() == NOTHING ? OptionalInt.empty() : length;
    }

    private static boolean isUnderstood(RawAttribute attribute) {
        return KNOWN.contains(attribute.number());
    }

    private static Optional<Bytes> find(Rule rule, int type, int least) {
        return rule.other().stream()
                .filter(attribute -> attribute.number() == type)
                .map(RawAttribute::payload)
                .filter(payload -> payload.length() >= least)
                .findFirst();
    }

    private static OptionalInt u32(Rule rule, int type) {
        return find(rule, type, Integer.BYTES)
                .map(payload -> OptionalInt.of(number(payload, 0, Integer.BYTES)))
                .orElseGet(OptionalInt::empty);
    }

    private static Optional<Ports> ports(Rule rule, int range, int mask) {
        return range(rule, range, Short.BYTES).map(found -> Ports.of(found, mask(rule, mask)));
    }

    /** 0 for none, with which kernels look at the range ({@code fib_rule_port_match()}). */
    private static int mask(Rule rule, int type) {
        return find(rule, type, Short.BYTES)
                .map(payload -> number(payload, 0, Short.BYTES))
                .orElse(0);
    }

    private static Optional<Range> range(Rule rule, int type, int bytes) {
        return find(rule, type, 2 * bytes)
                .map(payload -> new Range(number(payload, 0, bytes), number(payload, bytes, bytes)));
    }

    /** Of this host's byte order, as all numbers of rules are. */
    private static int number(Bytes payload, int at, int bytes) {
        ByteBuffer content = ByteBuffer.wrap(payload.toArray()).order(ByteOrder.nativeOrder());
        return bytes == Short.BYTES ? Short.toUnsignedInt(content.getShort(at)) : content.getInt(at);
    }
}
