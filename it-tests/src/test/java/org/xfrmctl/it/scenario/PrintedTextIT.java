package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code xfrmctl state} and {@code policy} print what iproute2 prints, on a real kernel, for every scenario. */
class PrintedTextIT {
    static List<String> scenarios() {
        return Scenarios.all().stream().map(Scenarios::name).toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isByteIdenticalToIproute2(String scenario) {
        List<ScenarioRecord.TextRecord> texts = KernelRun.get().record(scenario).texts();

        assertThat(texts).isNotEmpty();
        assertThat(texts)
                .allSatisfy(text -> assertThat(text.ours())
                        .as(text.host() + ": " + text.command())
                        .isEqualTo(text.theirs()));
        assertThat(texts).anySatisfy(text -> assertThat(text.ours()).contains("lifetime current:"));
    }
}
