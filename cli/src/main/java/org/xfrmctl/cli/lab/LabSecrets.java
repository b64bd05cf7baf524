package org.xfrmctl.cli.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.model.definition.SecretReader;
import org.xfrmctl.model.definition.SecretStore;

/** The keys of one lab run. Generated ones are shared by all hosts that use the same name, as copied files would be. */
final class LabSecrets {
    private final boolean generate;
    private final BiFunction<String, Integer, Key> keys;
    private final Map<String, Key> generated = new HashMap<>();

    LabSecrets(Scenario scenario, BiFunction<String, Integer, Key> keys) {
        this.keys = keys;
        this.generate = scenario.generateKeys();
    }

    Wanted compile(Path file) {
        Definition definition = DefinitionReader.read(file);
        if (generate) {
            definition
                    .children()
                    .forEach(child -> child.sas()
                            .secrets(child.transform().esp())
                            .forEach(use ->
                                    generated.computeIfAbsent(use.name(), name -> keys.apply(name, use.bytes()))));
        }
        SecretStore store = new SecretStore(SecretReader.ofProcess(Duration.ofSeconds(30)));
        return Wanted.of(definition, store.resolve(definition, generated));
    }
}
