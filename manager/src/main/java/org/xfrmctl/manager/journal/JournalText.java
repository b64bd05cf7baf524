package org.xfrmctl.manager.journal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.model.definition.ChildName;

/**
 * A journal as text, one line each: the format and the boot; {@code run CHILD GOAL PROCESS TIME} for what has not ended;
 * {@code goal CHILD GOAL} for where the last run got; {@code unkept INTERFACE} for what is to stay away; {@code route CHILD
 * DESTINATION mtu N advmss N} for each route that a child asks for, {@code route CHILD none} for one that asks for none; {@code own
 * CHILD OBJECT} for what may be in the kernel.
 */
final class JournalText {
    private static final String FIRST = "xfrmctl journal 1, boot ";

    private static final String UNKEPT = "unkept ";
    private static final String NONE = "none";

    private JournalText() {}

    static String print(JournalRecord record, String boot) {
        StringBuilder text = new StringBuilder(FIRST + boot + "\n");
        record.unfinished()
                .forEach((child, run) -> text.append(
                        "run " + child + " " + run.goal() + " " + run.process() + " " + run.since() + "\n"));
        record.goals().forEach((child, goal) -> text.append("goal " + child + " " + goal + "\n"));
        record.unkept().forEach(name -> text.append(UNKEPT + name + "\n"));
        record.routes()
                .forEach((child, asked) -> (asked.isEmpty()
                                ? Stream.of(NONE)
                                : asked.stream().map(AskedRoute::toString))
                        .forEach(route -> text.append("route " + child + " " + route + "\n")));
        List<String> lines = new ArrayList<>();
        record.ledger().owners().forEach((object, child) -> lines.add("own " + child + " " + object + "\n"));
        lines.stream().sorted().forEach(text::append);
        return text.toString();
    }

    static JournalRecord read(String file, String text, String boot) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(FIRST)) {
            throw refused(file, 1, "\"" + FIRST + "BOOT\"");
        }
        if (!lines.get(0).equals(FIRST + boot)) {
            return JournalRecord.EMPTY;
        }
        Map<ChildName, UnfinishedRun> unfinished = new HashMap<>();
        Map<String, ChildName> owners = new HashMap<>();
        Map<ChildName, Goal> goals = new HashMap<>();
        Set<String> unkept = new HashSet<>();
        Map<ChildName, List<AskedRoute>> routes = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith(UNKEPT)) {
                unkept.add(lines.get(i).substring(UNKEPT.length()));
                continue;
            }
            String[] words = lines.get(i).split(" ", 3);
            int slash = words.length == 3 ? words[1].indexOf('/') : -1;
            if (slash < 0) {
                throw refused(
                        file,
                        i + 1,
                        "\"own CHILD OBJECT\", \"goal CHILD GOAL\", \"unkept INTERFACE\", \"route CHILD ROUTE\" or \"run CHILD"
                                + " GOAL PROCESS TIME\"");
            }
            ChildName child = new ChildName(words[1].substring(0, slash), words[1].substring(slash + 1));
            switch (words[0]) {
                case "own" -> owners.put(words[2], child);
                case "goal" -> goals.put(child, goal(file, i + 1, words[2]));
                case "route" ->
                    routes.computeIfAbsent(child, name -> new ArrayList<>()).addAll(route(file, i + 1, words[2]));
                case "run" -> unfinished.put(child, run(file, i + 1, words[2]));
                default -> throw refused(file, i + 1, "\"own\", \"goal\", \"unkept\", \"route\" or \"run\"");
            }
        }
        return new JournalRecord(new Ledger(owners), unfinished, goals, unkept, routes);
    }

    private static Goal goal(String file, int line, String text) {
        try {
            return Goal.of(text);
        } catch (IllegalArgumentException e) {
            throw refused(file, line, "a goal");
        }
    }

    private static List<AskedRoute> route(String file, int line, String text) {
        try {
            return text.equals(NONE) ? List.of() : List.of(AskedRoute.parse(text));
        } catch (IllegalArgumentException e) {
            throw refused(file, line, "\"" + NONE + "\" or \"DESTINATION mtu N advmss N\"");
        }
    }

    private static UnfinishedRun run(String file, int line, String text) {
        String[] words = text.split(" ", -1);
        try {
            return new UnfinishedRun(Goal.of(words[0]), Long.parseLong(words[1]), Instant.parse(words[2]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw refused(file, line, "\"GOAL PROCESS TIME\"");
        }
    }

    static JournalException refused(String file, int line, String expected) {
        return new MalformedJournalException(file + ":" + line + ": expected " + expected
                + ": another version of xfrmctl wrote it, or something else did; without it, states and policies of defined"
                + " children are known by their reqids, but blocks and what is left of children that are not defined is"
                + " nobody's: find it by \"xfrmctl policy list\" and \"xfrmctl state list\" if you move the file away"
                + " (\"lockdown\" does so)");
    }
}
