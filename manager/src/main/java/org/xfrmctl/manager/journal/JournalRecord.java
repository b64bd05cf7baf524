package org.xfrmctl.manager.journal;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.definition.ChildName;

/**
 * What a journal holds.
 *
 * @param unfinished the run that began for a child and of which nobody has seen the end, by name
 */
public record JournalRecord(Ledger ledger, Map<ChildName, UnfinishedRun> unfinished) {
    public static final JournalRecord EMPTY = new JournalRecord(Ledger.EMPTY, Map.of());

    public JournalRecord {
        unfinished = Collections.unmodifiableMap(sorted(unfinished));
    }

    /** This, without the objects that a kernel does not hold. */
    public JournalRecord in(Snapshot snapshot) {
        return new JournalRecord(ledger.in(snapshot), unfinished);
    }

    /** The children that something was made for, or that a run without an end began for. */
    public Set<ChildName> children() {
        Set<ChildName> children = new TreeSet<>(Comparator.comparing(ChildName::toString));
        children.addAll(ledger.children());
        children.addAll(unfinished.keySet());
        return children;
    }

    /** What it holds of some children. */
    public JournalRecord only(Set<ChildName> children) {
        Map<String, ChildName> owners = new HashMap<>(ledger.owners());
        owners.values().retainAll(children);
        Map<ChildName, UnfinishedRun> runs = sorted(unfinished);
        runs.keySet().retainAll(children);
        return new JournalRecord(new Ledger(owners), runs);
    }

    private static Map<ChildName, UnfinishedRun> sorted(Map<ChildName, UnfinishedRun> runs) {
        Map<ChildName, UnfinishedRun> sorted = new TreeMap<>(Comparator.comparing(ChildName::toString));
        sorted.putAll(runs);
        return sorted;
    }

    /** This, with a run that begins for some children. */
    public JournalRecord beginning(UnfinishedRun run, Set<ChildName> children, Ledger reach) {
        Map<ChildName, UnfinishedRun> more = sorted(unfinished);
        children.forEach(child -> more.put(child, run));
        return new JournalRecord(reach, more);
    }

    /** This, after a run for some children has ended. */
    public JournalRecord ended(Set<ChildName> children, Ledger rest) {
        Map<ChildName, UnfinishedRun> others = sorted(unfinished);
        others.keySet().removeAll(children);
        return new JournalRecord(rest, others);
    }
}
