package org.xfrmctl.manager.migrate;

import java.util.List;
import java.util.Map;
import org.xfrmctl.manager.migrate.draft.Untaken;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Definition;

/**
 * What has come of an import.
 *
 * @param notes how the input was understood
 * @param untaken what could not be taken over
 * @param keys those that were found, by the names of their secrets
 */
public record Imported(
        ImportFormat format, Definition definition, List<String> notes, List<Untaken> untaken, Map<String, Key> keys) {
    public Imported {
        notes = List.copyOf(notes);
        untaken = List.copyOf(untaken);
        keys = Map.copyOf(keys);
    }
}
