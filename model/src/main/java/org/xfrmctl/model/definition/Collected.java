package org.xfrmctl.model.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the files read so far define, with the places that checks across files need. One reading, one thread. */
final class Collected {
    final Problems problems = new Problems();
    final List<Connection> connections = new ArrayList<>();
    final Map<String, Place> connectionNames = new LinkedHashMap<>();
    /** Also those whose source could not be read: they are no unknown names. */
    final Map<String, Place> secretNames = new LinkedHashMap<>();

    /** Also those that could not be read. */
    final Map<String, Place> interfaceNames = new LinkedHashMap<>();

    final Map<String, LogicalInterface> interfaces = new LinkedHashMap<>();
    final Map<String, SecretSource> secrets = new LinkedHashMap<>();
    final List<Sa> sas = new ArrayList<>();
    final List<DerivedSas> derived = new ArrayList<>();
    final List<FixedReqid> reqids = new ArrayList<>();

    /** One direction of a child that could be read, and where its parts stand. */
    record Sa(ChildName child, Endpoints endpoints, boolean outward, SaParameters parameters, Place spi, Place cpi) {}

    /** A {@code reqid} that was written down. */
    record FixedReqid(ChildName child, int bits, Place place) {}

    /** Notes a name; if it was there before, reports that. */
    static boolean isNew(Map<String, Place> names, String name, Place place, String what, Problems problems) {
        Optional<Place> before = Optional.ofNullable(names.putIfAbsent(name, place));
        before.ifPresent(first ->
                problems.add(place, what + " \"" + name + "\" stands already at " + first + "; rename or remove one"));
        return before.isEmpty();
    }
}
