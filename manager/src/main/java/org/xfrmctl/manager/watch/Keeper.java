package org.xfrmctl.manager.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;

/**
 * Brings each child back to where its last run got, whoever changed the kernel meanwhile, and moves derived keys to their
 * next epoch when it is time. Children that are not as they should be are kept one by one: what is in one's way is not in the
 * others'. All others cost one reading of the tables and one plan together ({@link Survey}).
 *
 * <p>A key is never given to the kernel a second time. Of a child whose outbound state has gone, written down with its key, or
 * whose definition has other SAs now than the kernel, and of one in the middle of a rekey by phases, the policies are kept
 * from letting anything pass in clear, and no more.
 */
public final class Keeper {
    /** How long a peer may take to follow, or to have something to say. */
    private static final Duration UNHEARD = Duration.ofMinutes(1);

    private final Wanted wanted;
    private final XfrmTables tables;
    private final Clock clock;
    private final Rests rests;
    private final AroundRun around;

    /** With what is remembered from one look to the next. */
    public Keeper(Wanted wanted, XfrmTables tables, Clock clock, Rests rests) {
        this(wanted, tables, clock, rests, (goal, child, run) -> run.run());
    }

    /** Also with what each run of a child needs beside the tables. */
    public Keeper(Wanted wanted, XfrmTables tables, Clock clock, Rests rests, AroundRun around) {
        this.around = around;
        this.wanted = wanted;
        this.tables = tables;
        this.clock = clock;
        this.rests = rests;
    }

    /**
     * One look at the kernel, and the repair of what is not as it should be.
     *
     * @param journal open for this look
     * @param epochs likewise
     */
    public Look look(Journal journal, EpochStore epochs) {
        return look(journal, epochs, Set.of());
    }

    /** As above, but for some children, with which another is at work. */
    public Look look(Journal journal, EpochStore epochs, Set<ChildName> leftAlone) {
        Attempts attempts = new Attempts(wanted, tables, clock, rests, around, journal, epochs);
        JournalRecord record = journal.read();
        Map<Way, List<ChildName>> ways = new EnumMap<>(Way.class);
        for (DesiredChild child : wanted.outline().children()) {
            Optional<Way> way = Way.of(child.name(), record, wanted).filter(known -> !leftAlone.contains(child.name()));
            way.ifPresent(
                    it -> ways.computeIfAbsent(it, each -> new ArrayList<>()).add(child.name()));
        }
        if (!ways.isEmpty()) {
            Survey survey = survey(Snapshot.read(tables), record, epochs);
            attempts.note(notes(survey, Set.copyOf(ways.getOrDefault(Way.DERIVED, List.of()))));
            Set<ChildName> disturbed = new HashSet<>();
            ways.forEach((way, children) -> disturbed.addAll(survey.disturbed(way, children)));
            for (DesiredChild child : wanted.outline().children()) {
                if (disturbed.contains(child.name())) {
                    attempts.keep(child, Way.of(child.name(), record, wanted).orElseThrow());
                } else {
                    rests.isWell(child.name());
                }
            }
        }
        return attempts.result();
    }

    /**
     * Whether derived keys have to go on although nothing was told of the tables, by counters, age or the peer, or there is
     * something to note about them. Plans nothing and reads states alone.
     *
     * @param noted the notes of the last look
     */
    public boolean isDue(JournalRecord record, EpochStore epochs, List<String> noted) {
        Set<ChildName> up = new HashSet<>(wanted.derived());
        up.removeIf(child -> !Way.of(child, record, wanted).equals(Optional.of(Way.DERIVED)));
        if (up.isEmpty()) {
            return false;
        }
        Survey survey = survey(new Snapshot(tables.listStates(), List.of()), record, epochs);
        return survey.isDue(up) || !noted.containsAll(notes(survey, up));
    }

    private static List<String> notes(Survey survey, Set<ChildName> up) {
        return survey.silent(up, UNHEARD).stream()
                .map(silence -> silence.child() + ": " + silence.line())
                .toList();
    }

    private Survey survey(Snapshot snapshot, JournalRecord record, EpochStore epochs) {
        return new Survey(wanted, snapshot, record, epochs, clock.instant().getEpochSecond());
    }

    /**
     * What came of a look.
     *
     * @param done a line for each run, followed by its changes
     * @param troubles a line for each thing that could not be done; it is tried again at a later look
     * @param notes a line for each thing about which only people can do something
     * @param runs what was tried, in that order
     */
    public record Look(List<String> done, List<String> troubles, List<String> notes, List<KeptRun> runs) {
        public Look {
            done = List.copyOf(done);
            troubles = List.copyOf(troubles);
            notes = List.copyOf(notes);
            runs = List.copyOf(runs);
        }

        /** Without notes, and nothing was tried. */
        public Look(List<String> done, List<String> troubles) {
            this(done, troubles, List.of(), List.of());
        }
    }
}
