package org.xfrmctl.manager.plan;

import java.util.HashSet;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.definition.ChildName;

/** All that a plan looks at. */
record Sight(DesiredState desired, SnapshotIndex present, Ledger ledger) {
    Ownership ownership() {
        return new Ownership(desired, ledger);
    }

    Leftovers leftovers() {
        return new Leftovers(desired, present, ownership());
    }

    /** The children that the ledger knows and the definition does not. */
    Set<ChildName> undefined() {
        Set<ChildName> undefined = new HashSet<>(ledger.children());
        undefined.removeAll(desired.names());
        return undefined;
    }
}
