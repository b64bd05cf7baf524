package org.xfrmctl.manager.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.DraftReading;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.manager.migrate.ipsec.IpsecImport;
import org.xfrmctl.manager.migrate.ipxfrm.IpXfrmImport;
import org.xfrmctl.manager.migrate.swanctl.SwanctlImport;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Definition;

/** Makes a definition of what another program is configured by. */
public final class Importer {
    private Importer() {}

    /**
     * Reads texts as one configuration.
     *
     * @throws org.xfrmctl.model.definition.ConfigException if one is not of the format
     */
    public static Imported read(ImportFormat format, List<SourceText> texts, SourceFiles files, ImportOptions options) {
        Findings findings = new Findings();
        Draft draft = new Draft(findings);
        KeyChoice keys = options.keys().orElse(KeyChoice.DERIVE);
        Optional<IpXfrmImport> ipXfrm = Optional.empty();
        switch (format) {
            case SWANCTL -> SwanctlImport.read(texts, files, keys, options.here(), draft);
            case IPSEC -> IpsecImport.read(texts, files, options.local(), keys, options.here(), draft);
            case IP_XFRM ->
                ipXfrm = Optional.of(
                        IpXfrmImport.read(texts, options.names(), options.keys(), options.keyPath(), draft));
        }
        Definition definition = DraftReading.read(draft, options.directory());
        Map<String, Key> found = ipXfrm.map(run -> run.keys(definition)).orElse(Map.of());
        ipXfrm.ifPresent(run -> run.compare(definition));
        return new Imported(format, definition, findings.notes(), findings.untaken(), found);
    }
}
