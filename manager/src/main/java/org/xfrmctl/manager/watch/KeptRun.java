package org.xfrmctl.manager.watch;

import java.util.Optional;
import org.xfrmctl.model.definition.ChildName;

/**
 * One attempt of a watch to change something.
 *
 * @param child empty where it is done for all of them at once
 * @param isDone false if it could not be done, or not all of it
 */
public record KeptRun(Optional<ChildName> child, Deed deed, boolean isDone) {
    static KeptRun of(ChildName child, Deed deed, boolean isDone) {
        return new KeptRun(Optional.of(child), deed, isDone);
    }
}
