package org.xfrmctl.manager.migrate.ipsec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.model.definition.Place;

/** {@code conn NAME}, {@code ca NAME} or {@code config setup}; one that is begun again goes on where it ended. */
final class IpsecSection {
    /** The first word of a section. */
    enum Kind {
        CONN,
        CA,
        SETUP
    }

    private final Kind kind;
    private final String name;
    private final Place place;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Value> again = new LinkedHashMap<>();
    private final List<Value> also = new ArrayList<>();

    /** A setting. */
    record Value(String text, Place place) {
        /** It may be a secret. */
        @Override
        public String toString() {
            return place.toString();
        }
    }

    IpsecSection(Kind kind, String name, Place place) {
        this.kind = kind;
        this.name = name;
        this.place = place;
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    /** {@code also} adds the name of a section, any other key is set. */
    void set(String key, Value value) {
        if (key.equals("also")) {
            also.add(value);
        } else {
            Value before = values.put(key, value);
            if (before != null && !before.text().equals(value.text())) {
                again.put(key, value);
            }
        }
    }

    Map<String, Value> values() {
        return values;
    }

    /** The last values of keys that had another before. */
    Map<String, Value> again() {
        return again;
    }

    List<Value> also() {
        return also;
    }
}
