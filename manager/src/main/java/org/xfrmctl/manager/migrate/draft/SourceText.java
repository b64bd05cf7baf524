package org.xfrmctl.manager.migrate.draft;

import org.xfrmctl.model.definition.Place;

/**
 * A text to be imported.
 *
 * @param name what problems call it, and what its includes are relative to
 */
public record SourceText(String name, String text) {
    public Place place(int line, int column) {
        return new Place(name, line, column, "");
    }

    /** A text has what {@link Object#toString} would print: keys, perhaps. */
    @Override
    public String toString() {
        return name;
    }
}
