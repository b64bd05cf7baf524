package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.definition.TrafficSelector;

/**
 * The selectors of a flow as those of a child, which pairs every local one with every remote one.
 *
 * @param left policies whose selectors would not come out of such pairs
 */
record FlowTraffic(List<String> local, List<String> remote, List<Found.Policy> left) {
    static FlowTraffic of(Flow flow) {
        Map<TrafficSelector, Set<TrafficSelector>> pairs = new LinkedHashMap<>();
        flow.out().forEach(each -> {
            Selector selector = each.policy().selector();
            pairs.computeIfAbsent(source(selector), any -> new LinkedHashSet<>())
                    .add(destination(selector));
        });
        TrafficSelector first = pairs.keySet().iterator().next();
        Set<TrafficSelector> locals = new LinkedHashSet<>();
        Set<TrafficSelector> remotes = new LinkedHashSet<>();
        // Of one family all that have the same partners make one product; families do not meet.
        for (Map.Entry<TrafficSelector, Set<TrafficSelector>> each : pairs.entrySet()) {
            boolean other = locals.stream()
                    .noneMatch(local ->
                            local.prefix().family() == each.getKey().prefix().family());
            Set<TrafficSelector> partners = other ? Set.of() : partnersOf(each.getKey(), pairs);
            if (other || partners.equals(each.getValue())) {
                locals.add(each.getKey());
                remotes.addAll(each.getValue());
            }
        }
        locals.add(first);
        List<Found.Policy> left = new ArrayList<>();
        flow.out().forEach(each -> {
            Selector selector = each.policy().selector();
            if (!locals.contains(source(selector)) || !remotes.contains(destination(selector))) {
                left.add(each);
            }
        });
        return new FlowTraffic(text(locals), text(remotes), left);
    }

    /** Those of the first local selector of its family. */
    private static Set<TrafficSelector> partnersOf(
            TrafficSelector local, Map<TrafficSelector, Set<TrafficSelector>> pairs) {
        return pairs.entrySet().stream()
                .filter(each ->
                        each.getKey().prefix().family() == local.prefix().family())
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static List<String> text(Set<TrafficSelector> selectors) {
        return selectors.stream().map(TrafficSelector::toString).toList();
    }

    private static TrafficSelector source(Selector selector) {
        return new TrafficSelector(
                selector.source(), selector.proto(), isIcmp(selector) ? icmp(selector) : selector.sourcePort());
    }

    private static TrafficSelector destination(Selector selector) {
        return new TrafficSelector(
                selector.destination(),
                selector.proto(),
                isIcmp(selector) ? icmp(selector) : selector.destinationPort());
    }

    private static boolean isIcmp(Selector selector) {
        return selector.proto().equals(IpProtocol.ICMP) || selector.proto().equals(IpProtocol.ICMPV6);
    }

    /** The kernel has the type as source port and the code as destination port. */
    private static PortMatch icmp(Selector selector) {
        if (selector.sourcePort().mask() == 0) {
            return PortMatch.ANY;
        }
        int type = selector.sourcePort().port() & 255;
        boolean code = selector.destinationPort().mask() != 0;
        return new PortMatch(type << 8 | (code ? selector.destinationPort().port() & 255 : 0), code ? 0xffff : 0xff00);
    }
}
