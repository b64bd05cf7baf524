package org.xfrmctl.manager.route;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.ChildName;

/**
 * The children whose packets need routes now.
 *
 * @param up those that protect packets
 * @param down the others that are defined
 * @param strangers those that protect packets and are not defined here
 */
public record Routed(List<RoutedChild> up, List<RoutedChild> down, Strangers strangers) {
    public Routed {
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    /** By what the journal says that runs have done. */
    public static Routed of(Wanted wanted, JournalRecord record) {
        List<RoutedChild> all = wanted.outline().children().stream()
                .map(child -> RoutedChild.of(child, wanted))
                .toList();
        return new Routed(
                all.stream()
                        .filter(each -> record.protects(each.child().name()))
                        .toList(),
                all.stream()
                        .filter(each -> !record.protects(each.child().name()))
                        .toList(),
                Strangers.of(wanted.outline().names(), record));
    }

    /** Whether a child asks for a route. */
    public boolean asks() {
        return up.stream().anyMatch(RoutedChild::asks);
    }

    /** That these ask for none, which takes no look at routes if it is so. */
    public Map<ChildName, List<AskedRoute>> asksForNone() {
        return up.stream().collect(Collectors.toMap(each -> each.child().name(), each -> List.of()));
    }

    /** What packets go to that are held to a size, and who is sent to then: changes of the ways there change our routes. */
    public Set<IpPrefix> ways() {
        return up.stream()
                .filter(RoutedChild::asks)
                .flatMap(each -> Stream.concat(each.destinations().stream(), each.peers()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a route of ours that nobody is known to ask for may be taken away. While there are strangers of whom it is not known,
     * that is one that a child of these may have asked for: no other with the same destination or peer has made it.
     */
    boolean mayRemove(IpPrefix destination) {
        return strangers.silent().isEmpty()
                || Stream.concat(up.stream(), down.stream()).anyMatch(each -> each.mayAskFor(destination));
    }
}
