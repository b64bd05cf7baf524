package org.xfrmctl.model.definition;

import java.util.List;

/** The keys that a kind of mapping may have. */
public interface Keys {
    List<String> known();

    /** Says what to do about a key that is none of the known ones. */
    default String explain(String key) {
        return "unknown key; "
                + Names.nearest(key, known())
                        .map(name -> "did you mean \"" + name + "\"?")
                        .orElse("allowed are " + String.join(", ", known()));
    }

    /** A mapping with just these keys. */
    static Keys of(String... known) {
        List<String> names = List.of(known);
        return () -> names;
    }
}
