package org.xfrmctl.manager.journal;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.definition.ChildName;

/**
 * What a journal holds.
 *
 * @param unfinished the run that began for a child and of which nobody has seen the end, by name
 * @param goals what the last run that came to its end was for, by the name of a defined child
 * @param unkept the names of interfaces that somebody has removed by a command, and that no watch makes again
 * @param routes those that a child that protects packets asked for when its routes were last seen to; of a child that is not in
 *     it, as of each in the journal of an earlier version, that is not known
 */
public record JournalRecord(
        Ledger ledger,
        Map<ChildName, UnfinishedRun> unfinished,
        Map<ChildName, Goal> goals,
        Set<String> unkept,
        Map<ChildName, List<AskedRoute>> routes) {
    public static final JournalRecord EMPTY = new JournalRecord(Ledger.EMPTY, Map.of(), Map.of());

    /** Keeps all interfaces, and knows of no routes. */
    public JournalRecord(Ledger ledger, Map<ChildName, UnfinishedRun> unfinished, Map<ChildName, Goal> goals) {
        this(ledger, unfinished, goals, Set.of(), Map.of());
    }

    public JournalRecord {
        unfinished = Collections.unmodifiableMap(sorted(unfinished));
        goals = Collections.unmodifiableMap(sorted(goals));
        unkept = Collections.unmodifiableSet(new TreeSet<>(unkept));
        Map<ChildName, List<AskedRoute>> copies = sorted(routes);
        copies.replaceAll((child, asked) -> List.copyOf(asked));
        routes = Collections.unmodifiableMap(copies);
    }

    /** Whether a child is to protect packets: by the run that began for it, or else by the last one that came to its end. */
    public boolean protects(ChildName child) {
        return Optional.ofNullable(unfinished.get(child))
                .map(UnfinishedRun::goal)
                .or(() -> Optional.ofNullable(goals.get(child)))
                .filter(Goal::needsKeys)
                .isPresent();
    }

    /** This, without the objects that a kernel does not hold. */
    public JournalRecord in(Snapshot snapshot) {
        return new JournalRecord(ledger.in(snapshot), unfinished, goals, unkept, routes);
    }

    /** The children that something was made for, or that a run without an end began for. */
    public Set<ChildName> children() {
        Set<ChildName> children = new TreeSet<>(Comparator.comparing(ChildName::toString));
        children.addAll(ledger.children());
        children.addAll(unfinished.keySet());
        return children;
    }

    /** The children of which it says something else than an earlier one. */
    public Set<ChildName> changedFrom(JournalRecord earlier) {
        Set<ChildName> changed = new HashSet<>(differing(unfinished, earlier.unfinished));
        changed.addAll(differing(goals, earlier.goals));
        changed.addAll(differing(routes, earlier.routes));
        Map<String, ChildName> before = earlier.ledger.owners();
        Map<String, ChildName> now = ledger.owners();
        now.forEach((object, owner) -> {
            if (!owner.equals(before.get(object))) {
                changed.add(owner);
            }
        });
        before.forEach((object, owner) -> {
            if (!owner.equals(now.get(object))) {
                changed.add(owner);
            }
        });
        return changed;
    }

    private static <V> Set<ChildName> differing(Map<ChildName, V> one, Map<ChildName, V> other) {
        Set<ChildName> differing = new HashSet<>(one.keySet());
        differing.addAll(other.keySet());
        differing.removeIf(child -> Objects.equals(one.get(child), other.get(child)));
        return differing;
    }

    /** What it holds of some children. */
    public JournalRecord only(Set<ChildName> children) {
        Map<String, ChildName> owners = new HashMap<>(ledger.owners());
        owners.values().retainAll(children);
        Map<ChildName, UnfinishedRun> runs = sorted(unfinished);
        runs.keySet().retainAll(children);
        Map<ChildName, Goal> aims = sorted(goals);
        aims.keySet().retainAll(children);
        Map<ChildName, List<AskedRoute>> asked = sorted(routes);
        asked.keySet().retainAll(children);
        return new JournalRecord(new Ledger(owners), runs, aims, unkept, asked);
    }

    private static <V> Map<ChildName, V> sorted(Map<ChildName, V> values) {
        Map<ChildName, V> sorted = new TreeMap<>(Comparator.comparing(ChildName::toString));
        sorted.putAll(values);
        return sorted;
    }

    /** This, with a run that begins for some children. */
    public JournalRecord beginning(UnfinishedRun run, Set<ChildName> children, Ledger reach) {
        Map<ChildName, UnfinishedRun> more = sorted(unfinished);
        children.forEach(child -> more.put(child, run));
        return new JournalRecord(reach, more, goals, unkept, routes);
    }

    /** This, after a run for some children has ended. */
    public JournalRecord ended(Set<ChildName> children, Ledger rest) {
        Map<ChildName, UnfinishedRun> others = sorted(unfinished);
        others.keySet().removeAll(children);
        return new JournalRecord(rest, others, goals, unkept, routes);
    }

    /** This, when some children have come to a goal, and others are not defined any more and nothing is left of them. */
    public JournalRecord aimed(Goal goal, Set<ChildName> children, Set<ChildName> gone) {
        Map<ChildName, Goal> aims = sorted(goals);
        children.forEach(child -> aims.put(child, goal));
        aims.keySet().removeAll(gone);
        return new JournalRecord(ledger, unfinished, aims, unkept, routes);
    }

    /** This, when some interfaces are to stay away. */
    public JournalRecord leaving(Collection<String> interfaces) {
        Set<String> more = new TreeSet<>(unkept);
        more.addAll(interfaces);
        return new JournalRecord(ledger, unfinished, goals, more, routes);
    }

    /** This, when some interfaces are to be there again. */
    public JournalRecord keeping(Collection<String> interfaces) {
        Set<String> less = new TreeSet<>(unkept);
        less.removeAll(interfaces);
        return new JournalRecord(ledger, unfinished, goals, less, routes);
    }

    /** This, when some children have asked for routes, or for none. What others have asked for goes when they protect nothing. */
    public JournalRecord asking(Map<ChildName, List<AskedRoute>> asked) {
        Map<ChildName, List<AskedRoute>> all = sorted(routes);
        all.putAll(asked);
        all.keySet().removeIf(child -> !protects(child));
        return new JournalRecord(ledger, unfinished, goals, unkept, all);
    }
}
