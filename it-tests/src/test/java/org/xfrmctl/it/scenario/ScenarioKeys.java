package org.xfrmctl.it.scenario;

import java.util.Random;
import java.util.function.BiFunction;
import org.xfrmctl.model.Key;

/** Keys that both kernels use for a scenario, so that one's packets can be read by the other. They protect nothing. */
final class ScenarioKeys {
    private ScenarioKeys() {}

    /** A key from the scenario's and the secret's name, of the length asked for. */
    static BiFunction<String, Integer, Key> of(String scenario) {
        return (secret, bytes) -> {
            byte[] material = new byte[bytes];
            new Random((scenario + "/" + secret).hashCode()).nextBytes(material);
            return Key.of(material);
        };
    }
}
