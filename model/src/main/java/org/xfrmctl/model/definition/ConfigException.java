package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Objects;

/** A definition cannot be used. Carries one problem or several; each is one line {@code file:line:column: path: text}. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** One thing that is wrong, what was found and what is allowed. */
    public record Problem(Place place, String text) {
        @Override
        public String toString() {
            return place + ": " + (place.path().isEmpty() ? "" : place.path() + ": ") + text;
        }
    }

    public ConfigException(List<Problem> problems) {
        super(String.join("\n", problems.stream().map(Problem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    public ConfigException(Place place, String text) {
        this(List.of(new Problem(place, text)));
    }

    /** All problems, one per line. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public List<Problem> problems() {
        return problems;
    }
}
