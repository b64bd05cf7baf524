package org.xfrmctl.manager.migrate.swanctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.model.definition.Place;

/** A section as it stands in the files; one that is opened again goes on where it ended. */
final class ConfSection {
    private final Place place;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, ConfSection> sections = new LinkedHashMap<>();
    private final List<Reference> references = new ArrayList<>();

    /** What a key has been set to last; an empty one has been cleared, so that no default of a reference counts either. */
    record Value(String text, Place place) {
        /** It may be a secret. */
        @Override
        public String toString() {
            return place.toString();
        }
    }

    /** A section, named from the root, whose settings this one has where it has none itself. */
    record Reference(List<String> path, Place place) {
        Reference {
            path = List.copyOf(path);
        }
    }

    ConfSection(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    void set(String key, String text, Place where) {
        values.remove(key); // The place in the order is that of the last setting.
        values.put(key, new Value(text, where));
    }

    ConfSection open(String name, Place where) {
        return sections.computeIfAbsent(name, any -> new ConfSection(where));
    }

    void refer(Reference reference) {
        references.add(reference);
    }

    Map<String, Value> values() {
        return values;
    }

    Map<String, ConfSection> sections() {
        return sections;
    }

    List<Reference> references() {
        return references;
    }
}
