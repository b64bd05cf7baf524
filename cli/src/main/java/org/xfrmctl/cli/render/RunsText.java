package org.xfrmctl.cli.render;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.model.definition.ChildName;

/** What a journal knows beyond the definition, for {@code status}: runs without an end, children without a definition. */
public final class RunsText {
    private RunsText() {}

    /**
     * One line for each.
     *
     * @param record its ledger names what the kernel holds now, and nothing else
     * @param isUnderWay whether the run of the process of that number has not ended
     */
    public static String print(JournalRecord record, Set<ChildName> defined, LongPredicate isUnderWay) {
        StringBuilder text = new StringBuilder();
        record.unfinished()
                .forEach((child, run) ->
                        text.append(child + ": \"" + run.goal() + "\", begun by process " + run.process()
                                + " at " + run.since()
                                + (isUnderWay.test(run.process())
                                        ? ", is under way\n"
                                        : ", was interrupted: run it again, or \"down\"\n")));
        Map<ChildName, Integer> undefined = new TreeMap<>(Comparator.comparing(ChildName::toString));
        record.ledger().owners().values().stream()
                .filter(child -> !defined.contains(child))
                .forEach(child -> undefined.merge(child, 1, Integer::sum));
        undefined.forEach((child, objects) -> text.append(child + ": not defined any more, but the kernel holds "
                + Count.of(objects, "object", "objects") + " of it: \"apply\" or \"down " + child + "\" removes "
                + (objects == 1 ? "it" : "them") + "\n"));
        return text.toString();
    }
}
