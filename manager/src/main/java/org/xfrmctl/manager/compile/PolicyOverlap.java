package org.xfrmctl.manager.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

/**
 * Finds policies that can match one and the same packet.
 *
 * <p>Policies of the same prefix lengths overlap only if their prefixes are equal, so they are kept in one hash table
 * per pair of lengths. A question then costs one look-up per pair of lengths in use, not one per policy.
 */
public final class PolicyOverlap {
    private final Map<Lengths, Table> tables = new HashMap<>();

    private record Lengths(Family family, int source, int destination) {}

    private record Prefixes(IpAddress source, IpAddress destination) {}

    /** Policies by their prefixes cut to some lengths; one index per question's lengths, made when first asked. */
    private record Table(List<XfrmPolicy> policies, Map<Lengths, Map<Prefixes, List<XfrmPolicy>>> cut) {}

    public PolicyOverlap(Iterable<XfrmPolicy> policies) {
        for (XfrmPolicy policy : policies) {
            tables.computeIfAbsent(lengths(policy.selector()), l -> new Table(new ArrayList<>(), new HashMap<>()))
                    .policies()
                    .add(policy);
        }
    }

    /** All policies of the same direction and type that overlap {@code policy}; itself too, if it was given. */
    public List<XfrmPolicy> with(XfrmPolicy policy) {
        Lengths asked = lengths(policy.selector());
        List<XfrmPolicy> found = new ArrayList<>();
        tables.forEach((lengths, table) -> {
            if (lengths.family() == asked.family()) {
                Lengths common = new Lengths(
                        asked.family(),
                        Math.min(asked.source(), lengths.source()),
                        Math.min(asked.destination(), lengths.destination()));
                table
                        .cut()
                        .computeIfAbsent(common, c -> index(table.policies(), c))
                        .getOrDefault(cut(policy.selector(), common), List.of())
                        .stream()
                        .filter(other -> overlap(policy, other))
                        .forEach(found::add);
            }
        });
        return found;
    }

    private static Map<Prefixes, List<XfrmPolicy>> index(List<XfrmPolicy> policies, Lengths lengths) {
        Map<Prefixes, List<XfrmPolicy>> index = new HashMap<>();
        for (XfrmPolicy policy : policies) {
            index.computeIfAbsent(cut(policy.selector(), lengths), p -> new ArrayList<>())
                    .add(policy);
        }
        return index;
    }

    private static Lengths lengths(Selector selector) {
        return new Lengths(
                selector.family(),
                selector.source().length(),
                selector.destination().length());
    }

    private static Prefixes cut(Selector selector, Lengths lengths) {
        return new Prefixes(
                cut(selector.source().address(), lengths.source()),
                cut(selector.destination().address(), lengths.destination()));
    }

    private static IpAddress cut(IpAddress address, int length) {
        return new IpAddress(
                address.family(),
                address.word0() & mask(length),
                address.word1() & mask(length - 32),
                address.word2() & mask(length - 64),
                address.word3() & mask(length - 96));
    }

    private static int mask(int length) {
        return length <= 0 ? 0 : length >= 32 ? -1 : -1 << (32 - length);
    }

    /** Whether some packet meets both, by every member that the kernel looks at ({@code xfrm_policy_match()}). */
    public static boolean overlap(XfrmPolicy a, XfrmPolicy b) {
        return a.direction() == b.direction()
                && a.key().type() == b.key().type()
                && a.ifId().equals(b.ifId())
                && overlap(a.mark(), b.mark())
                && overlap(a.selector(), b.selector());
    }

    private static boolean overlap(Selector a, Selector b) {
        return a.source().overlaps(b.source())
                && a.destination().overlaps(b.destination())
                && (a.proto().equals(b.proto())
                        || a.proto().equals(IpProtocol.ANY)
                        || b.proto().equals(IpProtocol.ANY))
                && overlap(a.sourcePort(), b.sourcePort())
                && overlap(a.destinationPort(), b.destinationPort())
                && (a.binding().ifindex() == b.binding().ifindex()
                        || a.binding().ifindex() == 0
                        || b.binding().ifindex() == 0);
    }

    private static boolean overlap(PortMatch a, PortMatch b) {
        return ((a.port() ^ b.port()) & a.mask() & b.mask()) == 0;
    }

    private static boolean overlap(Mark a, Mark b) {
        return ((a.value() ^ b.value()) & a.mask() & b.mask()) == 0;
    }
}
