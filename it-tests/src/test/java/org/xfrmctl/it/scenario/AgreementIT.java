package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.cli.lab.LabLinkSpec;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.it.scenario.ScenarioRecord.StepRecord;

/** The userspace kernel does what the real one did: replies, drops with their counters, bytes and packets of every state. */
class AgreementIT {
    @TempDir
    private Path directory;

    static List<String> scenarios() {
        return Stream.of(Scenarios.all(), Scenarios.interfaces())
                .flatMap(List::stream)
                .map(Scenarios::name)
                .toList();
    }

    private static KernelRun kernel(String scenario) {
        boolean takesXfrmInterfaces =
                Scenarios.interfaces().stream().map(Scenarios::name).anyMatch(scenario::equals);
        return takesXfrmInterfaces ? KernelRun.withXfrmInterfaces() : KernelRun.get();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void bothKernelsMeetTheScenariosExpectations(String scenario) {
        KernelRun kernel = kernel(scenario);

        assertThat(kernel.record(scenario).failures()).as("on the real kernel").isEmpty();
        assertThat(UserspaceRun.replaying(scenario, directory, kernel).record().failures())
                .as("on the userspace kernel")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void bothKernelsCountTheSame(String scenario) {
        KernelRun kernel = kernel(scenario);
        List<StepRecord> real = kernel.record(scenario).steps();
        List<StepRecord> userspace =
                UserspaceRun.replaying(scenario, directory, kernel).record().steps();

        assertThat(userspace).hasSameSizeAs(real);
        for (int i = 0; i < real.size(); i++) {
            String step = "step " + i + ": " + real.get(i).step();
            assertThat(userspace.get(i).received())
                    .as(step)
                    .isEqualTo(real.get(i).received());
            assertThat(userspace.get(i).rises()).as(step).isEqualTo(real.get(i).rises());
            assertThat(userspace.get(i).counters())
                    .as(step)
                    .isEqualTo(real.get(i).counters());
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void bothKernelsPutTheSamePacketsOnTheWire(String scenario) {
        KernelRun kernel = kernel(scenario);
        UserspaceRun userspace = UserspaceRun.replaying(scenario, directory, kernel);

        for (LabLinkSpec link :
                ScenarioReader.read(Scenarios.named(scenario)).topology().links()) {
            assertThat(summaries(userspace.capture(link.name())))
                    .as("packets on " + link.name())
                    .isEqualTo(summaries(kernel.capture(scenario, link.name())));
        }
    }

    private static List<String> summaries(Path pcap) {
        return Capture.read(pcap).stream().map(Capture::summary).toList();
    }
}
