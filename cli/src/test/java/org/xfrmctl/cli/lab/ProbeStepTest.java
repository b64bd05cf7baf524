package org.xfrmctl.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.manager.probe.PathVerdict;
import org.xfrmctl.model.definition.ConfigException;

/** Paths that are found out in a userspace lab. */
class ProbeStepTest {
    @TempDir
    Path directory = Path.of("");

    private Scenario scenario(String silent, String step) throws IOException {
        return ScenarioReader.read(Files.writeString(directory.resolve("lab.yaml"), """
                links: { near: { mtu: 1500 }, far: { mtu: 1300 } }
                hosts:
                  a:
                    addresses: { near: [10.1.0.1/24, "fd00:1::1/64"] }
                    routes: { 0.0.0.0/0: 10.1.0.2, "::/0": "fd00:1::2" }
                  r:
                    forwarding: yes
                    silent: %s
                    addresses: { near: [10.1.0.2/24, "fd00:1::2/64"], far: [10.2.0.2/24, "fd00:2::2/64"] }
                  b:
                    addresses: { far: [10.2.0.1/24, "fd00:2::1/64"] }
                    routes: { 0.0.0.0/0: 10.2.0.2, "::/0": "fd00:2::2" }
                steps:
                  - %s
                """.formatted(silent, step)));
    }

    private StepResult.Probed run(String silent, String step) throws IOException {
        Scenario scenario = scenario(silent, step);
        try (UserspaceLaboratory laboratory = new UserspaceLaboratory(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            return (StepResult.Probed) runner.run(result -> {}).get(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.2.0.1, no, 0, TOLD",
        "10.2.0.1, yes, 0, UNKNOWN_PLACE",
        "10.2.0.1, yes, 1300, PLACE_1",
        "fd00:2::1, no, 0, TOLD",
        "fd00:2::1, yes, 1300, PLACE_1"
    })
    void whatARouterSaysOfItsLink(String to, String silent, int tunnel, PathVerdict verdict) throws IOException {
        String words = tunnel == 0 ? "" : ", tunnel_mtu: " + tunnel;
        StepResult.Probed result = run(silent, "probe: { from: a, to: \"" + to + "\"" + words + " }");

        assertThat(result.failures()).isEmpty();
        assertThat(result.report().verdict()).isEqualTo(verdict);
        assertThat(result.report().soundings().passes()).isEqualTo(1300);
    }

    /** What is sent must not get shorter on the way, or a path would look wider than it is. */
    @Test
    void compressionHidesNoNarrowHop() throws IOException {
        Path example = Path.of("../examples/pmtu/stopped-between-gateways");
        for (String end : List.of("b.yaml", "c.yaml")) {
            String definition = Files.readString(example.resolve(end))
                    .replace("        sas:", "        ipcomp: yes\n        sas:")
                    .replace("0xc1000001,", "0xc1000001, cpi: 0x1001,")
                    .replace("0xc1000002,", "0xc1000002, cpi: 0x1002,");
            Files.writeString(directory.resolve(end), definition);
        }
        String lab = Files.readString(example.resolve("lab.yaml"));
        Files.writeString(directory.resolve("lab.yaml"), lab.substring(0, lab.indexOf("steps:")) + """
                steps:
                  - up: [b, c]
                  - probe: { from: b, to: 10.3.0.10, child: site/net }
                    expect: { verdict: place-2, passes: 1346 }
                """);
        Scenario scenario = ScenarioReader.read(directory);
        try (UserspaceLaboratory laboratory = new UserspaceLaboratory(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            assertThat(runner.run(result -> {}))
                    .allSatisfy(result -> assertThat(result.failures()).isEmpty());
        }
    }

    @Test
    void whatWasNotExpectedFails() throws IOException {
        StepResult.Probed result = run(
                "no", "{ probe: { from: a, to: 10.2.0.1 }, expect: { verdict: whole, passes: 1500 }, note: nothing }");

        assertThat(result.failures())
                .containsExactly(
                        "expected the verdict \"whole\", got \"told\"",
                        "expected packets of 1500 bytes to pass, got 1300");
        assertThat(result.step().note()).contains("nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ probe: { from: a, to: 10.2.0.1 }, expect: { verdict: fine } } | allowed are whole, learnt, told",
                "probe: { from: a, to: 10.2.0.1, child: x/y } | no host of this lab has a \"definition:\"",
                "probe: { from: a } | give an address",
                "probe: { from: a, to: 10.2.0.1, source: \"fd00:1::1\" } | allowed is an address of the family of 10.2.0.1",
                "probe: { from: a, to: 10.2.0.1, tunnel_mtu: 70000 } | allowed are 0 to 65535"
            })
    void whatMakesNoSenseIsRefused(String row) {
        String[] parts = row.split(" \\| ", -1);
        assertThatThrownBy(() -> scenario("no", parts[0]))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(parts[1]);
    }
}
