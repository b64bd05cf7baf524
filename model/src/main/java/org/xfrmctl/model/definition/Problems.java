package org.xfrmctl.model.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong, so that a person sees every problem of a file at once. Not safe for use by two threads. */
public final class Problems {
    private final List<ConfigException.Problem> found = new ArrayList<>();

    public void add(Place place, String text) {
        found.add(new ConfigException.Problem(place, text));
    }

    /** Runs {@code step}; if it fails, keeps its problems and gives nothing. */
    public <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (ConfigException e) {
            found.addAll(e.problems());
            return Optional.empty();
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Throws all that was collected, file by file as they were read and within each from top to bottom. */
    public void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<String> files =
                found.stream().map(problem -> problem.place().file()).distinct().toList();
        throw new ConfigException(found.stream()
                .distinct()
                .sorted(Comparator.<ConfigException.Problem>comparingInt(
                                problem -> files.indexOf(problem.place().file()))
                        .thenComparingInt(problem -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()))
                .toList());
    }
}
