package org.xfrmctl.manager.route;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.ChildName;

/**
 * The children whose packets need routes now.
 *
 * @param up those that protect packets
 * @param down the others that are defined
 * @param strangers whether a child protects packets that is not defined here: its routes may be among those that are there
 */
public record Routed(List<RoutedChild> up, List<RoutedChild> down, boolean strangers) {
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
                        .filter(each -> protects(each.child().name(), record))
                        .toList(),
                all.stream()
                        .filter(each -> !protects(each.child().name(), record))
                        .toList(),
                record.goals().keySet().stream()
                        .filter(name -> !wanted.outline().names().contains(name))
                        .anyMatch(name -> protects(name, record)));
    }

    private static boolean protects(ChildName child, JournalRecord record) {
        return Optional.ofNullable(record.unfinished().get(child))
                .map(UnfinishedRun::goal)
                .or(() -> Optional.ofNullable(record.goals().get(child)))
                .filter(Goal::needsKeys)
                .isPresent();
    }

    /** Whether a child asks for a route. */
    public boolean asks() {
        return up.stream().anyMatch(RoutedChild::asks);
    }

    /** What packets go to that are held to a size, and who is sent to then: changes of the ways there change our routes. */
    public Set<IpPrefix> ways() {
        return up.stream()
                .filter(RoutedChild::asks)
                .flatMap(each -> Stream.concat(each.destinations().stream(), each.peers()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a route of ours that nobody asks for may be taken away. While strangers are up, that is one that a child of these may
     * have asked for: no other with the same destination or peer has made it.
     */
    boolean mayRemove(IpPrefix destination) {
        return !strangers || Stream.concat(up.stream(), down.stream()).anyMatch(each -> each.mayAskFor(destination));
    }
}
