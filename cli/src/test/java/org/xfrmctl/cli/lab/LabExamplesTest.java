package org.xfrmctl.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;

/** Every example runs on userspace kernels and meets its own expectations. */
class LabExamplesTest {
    static List<Path> examples() throws IOException {
        Path all = Path.of("../examples");
        try (Stream<Path> directories = Files.list(all);
                Stream<Path> sizes = Files.list(all.resolve("pmtu"))) {
            List<Path> labs = Stream.concat(directories, sizes)
                    .filter(directory -> Files.exists(directory.resolve(ScenarioReader.FILE_NAME)))
                    .sorted()
                    .toList();
            assertThat(labs).hasSizeGreaterThanOrEqualTo(10);
            return labs;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void meetsItsExpectations(Path example) {
        Scenario scenario = ScenarioReader.read(example);
        List<StepResult> heard = new ArrayList<>();
        try (Laboratory laboratory = new UserspaceLaboratory(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            List<StepResult> results = runner.run(heard::add);

            assertThat(results).hasSameSizeAs(scenario.steps()).isEqualTo(heard);
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.failures()).isEmpty());
        }
    }
}
