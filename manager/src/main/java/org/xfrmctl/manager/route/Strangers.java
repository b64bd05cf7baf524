package org.xfrmctl.manager.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.model.definition.ChildName;

/**
 * The children of other definitions that protect packets of the same host.
 *
 * @param asked what each asks for, where that is known
 * @param silent those of which it is not known: each of our routes may be theirs
 */
public record Strangers(Map<ChildName, List<AskedRoute>> asked, List<ChildName> silent) {
    public static final Strangers NONE = new Strangers(Map.of(), List.of());

    public Strangers {
        asked = new LinkedHashMap<>(asked);
        silent = List.copyOf(silent);
    }

    /** All but those that are defined here. */
    static Strangers of(Set<ChildName> defined, JournalRecord record) {
        Map<ChildName, List<AskedRoute>> asked = new LinkedHashMap<>();
        List<ChildName> silent = new ArrayList<>();
        for (ChildName name : record.goals().keySet()) {
            if (defined.contains(name) || !record.protects(name)) {
                continue;
            }
            List<AskedRoute> routes = record.routes().get(name);
            if (routes == null) {
                silent.add(name);
            } else {
                asked.put(name, routes);
            }
        }
        return new Strangers(asked, silent);
    }
}
