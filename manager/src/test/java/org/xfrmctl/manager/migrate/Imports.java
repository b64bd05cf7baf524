package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.Side;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.manager.migrate.draft.Untaken;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.DefinitionText;
import org.xfrmctl.netlink.command.HostNames;
import org.xfrmctl.netlink.command.ProtocolNumbers;

/** Imports of texts, with what a test does not say as a command line without options has it. */
final class Imports {
    static final HostNames NAMES = new HostNames(name -> 1, ProtocolNumbers.builtIn()::numberOf, name -> Key.EMPTY);

    private Imports() {}

    static ImportOptions options() {
        return new ImportOptions(Optional.empty(), Optional.empty(), Side.LEFT, Path.of("conf"), "", NAMES);
    }

    static ImportOptions options(KeyChoice keys) {
        return new ImportOptions(Optional.of(keys), Optional.empty(), Side.LEFT, Path.of("conf"), "", NAMES);
    }

    static Imported read(ImportFormat format, String... texts) {
        return read(format, options(), texts);
    }

    static Imported read(ImportFormat format, ImportOptions options, String... texts) {
        return read(format, options, SourceFiles.NONE, texts);
    }

    static Imported read(ImportFormat format, ImportOptions options, SourceFiles files, String... texts) {
        List<SourceText> sources =
                Arrays.stream(texts).map(text -> new SourceText("file", text)).toList();
        return Importer.read(format, sources, files, options);
    }

    static String text(Imported imported) {
        return DefinitionText.print(imported.definition(), List.of(), Path.of("conf"));
    }

    /** The only child that there is. */
    static Child child(Imported imported) {
        List<Child> children = imported.definition().children().toList();
        if (children.size() != 1) {
            throw new AssertionError(children.size() + " children: " + imported.untaken());
        }
        return children.get(0);
    }

    /** What was not taken over, without what ends with IKE. */
    static List<String> told(Imported imported) {
        return imported.untaken().stream()
                .filter(each -> !each.reason().contains("key exchange"))
                .map(Untaken::toString)
                .toList();
    }

    /** The one thing that was not taken over. */
    static String onlyTold(Imported imported) {
        List<String> told = told(imported);
        assertThat(told).hasSize(1);
        return told.get(0);
    }
}
