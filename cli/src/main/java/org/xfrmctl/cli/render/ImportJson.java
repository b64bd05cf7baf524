package org.xfrmctl.cli.render;

import java.nio.file.Path;
import java.util.List;
import org.xfrmctl.manager.migrate.Imported;
import org.xfrmctl.manager.migrate.draft.Untaken;
import org.xfrmctl.model.definition.Place;

/** What has come of an import as JSON. No key is in it. */
public final class ImportJson {
    private ImportJson() {}

    /** {@code text} is the definition, {@code keyFiles} are those that were written. */
    public static String print(Imported imported, String text, List<Path> keyFiles) {
        return Json.print(Json.object(
                "format", imported.format().toString(),
                "connections", imported.definition().connections().size(),
                "children", imported.definition().children().count(),
                "definition", text,
                "notes", imported.notes(),
                "not_taken_over",
                        imported.untaken().stream().map(ImportJson::untaken).toList(),
                "key_files", keyFiles.stream().map(Path::toString).toList()));
    }

    private static Object untaken(Untaken untaken) {
        Place place = untaken.origin().place();
        return Json.object(
                "file", place.file(),
                "line", place.line(),
                "column", place.column(),
                "name", untaken.origin().name(),
                "reason", untaken.reason(),
                "advice", untaken.advice());
    }
}
