package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xfrmctl.it.scenario.RecordFile;

/** Runs inside the guest: the script in namespaces of the real kernel. */
final class ClearTextProof {
    static final String RESULT = "scenes.json";

    private ClearTextProof() {}

    /** The arguments are the directory for the result and the seed of the keys. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("lifecycle");
        try (Stage stage = Stage.namespaces()) {
            ClearTextScript.Scenes scenes = new ClearTextScript(stage, directory, Long.parseLong(arguments[1])).play();
            RecordFile.write(Path.of(arguments[0]).resolve(RESULT), scenes);
        }
    }
}
