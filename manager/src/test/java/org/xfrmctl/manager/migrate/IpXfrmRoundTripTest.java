package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.testing.RandomDefinitions;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.netlink.text.PolicyText;
import org.xfrmctl.netlink.text.StateText;
import org.xfrmctl.netlink.text.TextOptions;

/** What a definition makes, printed as ip does and imported again, makes the same. */
class IpXfrmRoundTripTest {
    private static final TextOptions WITH_KEYS =
            TextOptions.brief(ZoneOffset.UTC).withKeys(TextOptions.Keys.SHOWN).withStatistics(true);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @ValueSource(strings = {"compress", "compress6", "plain-esp", "transport"})
    void anExample(String name) {
        Definition definition = DefinitionReader.read(Path.of("..", "examples", name, "carol.yaml"));
        assertRoundTrip(ConnectionCompiler.compile(definition, randomKeys(definition)), WITH_KEYS);
    }

    private Map<String, Key> randomKeys(Definition definition) {
        Map<String, Key> keys = new HashMap<>();
        definition
                .children()
                .forEach(child -> child.sas().secrets(child.transform().esp()).forEach(use -> {
                    byte[] material = new byte[use.bytes()];
                    random.nextBytes(material);
                    keys.put(use.name(), Key.of(material));
                }));
        return keys;
    }

    @RepeatedTest(100)
    void aRandomDefinition() {
        assertRoundTrip(new RandomDefinitions(random).next(), WITH_KEYS.withOneline(random.nextBoolean()));
    }

    private void assertRoundTrip(DesiredState desired, TextOptions options) {
        String states = desired.states()
                .map(state -> StateText.print(state, options))
                .collect(Collectors.joining(options.oneline() ? "\n" : ""));
        String policies = desired.policies()
                .map(policy -> PolicyText.print(policy, options))
                .collect(Collectors.joining(options.oneline() ? "\n" : ""));

        Imported imported = Imports.read(ImportFormat.IP_XFRM, states, policies);

        assertThat(imported.untaken()).as("seed %d", seed).isEmpty();
        DesiredState again = ConnectionCompiler.compile(imported.definition(), imported.keys());
        assertThat(again.states().collect(Collectors.toSet()))
                .as("seed %d", seed)
                .isEqualTo(desired.states().collect(Collectors.toSet()));
        assertThat(again.policies().collect(Collectors.toSet()))
                .as("seed %d", seed)
                .isEqualTo(Set.copyOf(desired.policies().toList()));
    }
}
