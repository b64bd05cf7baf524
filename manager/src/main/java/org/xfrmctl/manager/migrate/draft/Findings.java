package org.xfrmctl.manager.migrate.draft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.definition.Place;

/** Collects what an import has to tell. Not safe for use by two threads. */
public final class Findings {
    /** Whoever has more of one kind in a file knows the kind. */
    private static final int SHOWN = 6;

    private final List<Untaken> untaken = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<Group, List<Origin>> groups = new LinkedHashMap<>();

    /** Things that are told in one line for all, since they have one reason. */
    public record Group(String reason, String advice) {}

    public void add(Origin origin, String reason, String advice) {
        untaken.add(new Untaken(origin, reason, advice));
    }

    /** Adds to what is told together. */
    public void add(Group group, Origin origin) {
        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(origin);
    }

    /** How the input was understood: nothing is missing because of it. The same is told once. */
    public void note(String text) {
        notes.add(text);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** All that was not taken over, from top to bottom of each file; what is told together comes last. */
    public List<Untaken> untaken() {
        List<String> files = untaken.stream()
                .map(each -> each.origin().place().file())
                .distinct()
                .toList();
        List<Untaken> all = new ArrayList<>(untaken.stream()
                .distinct()
                .sorted(Comparator.<Untaken>comparingInt(
                                each -> files.indexOf(each.origin().place().file()))
                        .thenComparingInt(each -> each.origin().place().line())
                        .thenComparingInt(each -> each.origin().place().column()))
                .toList());
        groups.forEach((group, origins) ->
                all.add(new Untaken(new Origin(first(origins), names(origins)), group.reason(), group.advice())));
        return List.copyOf(all);
    }

    private static Place first(List<Origin> origins) {
        return origins.stream()
                .map(Origin::place)
                .min(Comparator.comparingInt(Place::line))
                .orElseThrow();
    }

    private static String names(List<Origin> origins) {
        List<String> names = origins.stream().map(Origin::name).distinct().toList();
        Optional<String> more =
                names.size() > SHOWN ? Optional.of(" and " + (names.size() - SHOWN) + " more") : Optional.empty();
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + more.orElse("");
    }
}
