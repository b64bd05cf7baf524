package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xfrmctl.it.scenario.RecordFile;

/** Runs inside the guest: a thousand rekeys, then a thousand replacements. */
final class ThousandProof {
    static final String REKEYS = "rekeys.json";
    static final String REPLACEMENTS = "replacements.json";

    private ThousandProof() {}

    /** The arguments are the directory for the results and the seed of the keys. */
    public static void main(String[] arguments) throws IOException {
        Path results = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        try (Stage stage = Stage.namespaces()) {
            RecordFile.write(
                    results.resolve(REKEYS),
                    new ThousandScript(stage, Files.createTempDirectory("rekeys"), seed).rekeys());
        }
        try (Stage stage = Stage.namespaces()) {
            RecordFile.write(
                    results.resolve(REPLACEMENTS),
                    new ThousandScript(stage, Files.createTempDirectory("replacements"), seed).replacements());
        }
    }
}
