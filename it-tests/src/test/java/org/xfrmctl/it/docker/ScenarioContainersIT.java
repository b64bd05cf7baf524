package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scenarios that the userspace kernel and User Mode Linux run, with the shipped image in privileged containers: what they
 * expect is the same text.
 */
@ExtendWith(Laboratories.class)
@ResourceLock(OnDocker.ENGINE)
class ScenarioContainersIT {
    private static final Path CHECKOUT = Path.of("..");

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "examples/compress",
                "examples/compress6",
                "it-tests/src/test/resources/scenarios/level-required",
                "it-tests/src/test/resources/scenarios/level-use",
                "it-tests/src/test/resources/scenarios/down-block",
                "it-tests/src/test/resources/scenarios/down-pass",
                "it-tests/src/test/resources/scenarios/net-to-net"
            })
    void itIsAsTheScenarioSays(String scenario, ContainerLaboratory laboratory, @TempDir Path copy) {
        ScenarioFiles files = ScenarioFiles.copy(CHECKOUT.resolve(scenario), copy);
        assertThat(ScenarioRun.run(files, laboratory)).isEmpty();
    }
}
