package org.xfrmctl.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.datapath.host.Arrival;
import org.xfrmctl.datapath.host.TransferOptions;
import org.xfrmctl.datapath.host.TransferOutcome;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ConfigException;

/** Files and datagrams through a userspace lab. */
class TransferStepTest {
    @TempDir
    Path directory = Path.of("");

    private Scenario scenario(String silent, String step) throws IOException {
        return ScenarioReader.read(Files.writeString(directory.resolve("lab.yaml"), """
                links: { near: { mtu: 1500 }, far: { mtu: 1300 }, end: { mtu: 1500 } }
                hosts:
                  a: { addresses: { near: 10.1.0.1/24 }, routes: { default: 10.1.0.2 } }
                  r:
                    forwarding: yes
                    silent: %s
                    addresses: { near: 10.1.0.2/24, far: 10.2.0.2/24 }
                    routes: { default: 10.2.0.1 }
                  s:
                    forwarding: yes
                    addresses: { far: 10.2.0.1/24, end: 10.3.0.1/24 }
                    routes: { default: 10.2.0.2 }
                  b: { addresses: { end: 10.3.0.2/24 }, routes: { default: 10.3.0.1 } }
                steps:
                  - %s
                """.formatted(silent, step)));
    }

    private StepResult run(String silent, String step) throws IOException {
        Scenario scenario = scenario(silent, step);
        try (UserspaceLaboratory laboratory = new UserspaceLaboratory(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            return runner.run(result -> {}).get(0);
        }
    }

    @Test
    void aFileGoesThroughANarrowLink() throws IOException {
        StepResult result = run("no", "transfer: { from: a, to: 10.3.0.2, bytes: 300000 }");

        assertThat(result.failures()).isEmpty();
        assertThat(result)
                .isInstanceOfSatisfying(
                        StepResult.Transferred.class,
                        transferred -> assertThat(transferred.result())
                                .isEqualTo(new TransferOutcome(300_000, true, Optional.empty())));
    }

    @Test
    void aSilentRouterIsABlackHole() throws IOException {
        String step = "{ transfer: { from: a, to: 10.3.0.2, bytes: 300000 }, expect: { received: %d } }";

        assertThat(run("yes", step.formatted(0)).failures()).isEmpty();
        assertThat(run("yes", step.formatted(300_000)).failures())
                .containsExactly("expected 300000 bytes to arrive, got 0");
    }

    /** What arrives at the end is not all: the end has to, and nothing may behind it. */
    @Test
    void aFileHasAnEnd() {
        Step.Transfer whole = transfer(Optional.empty());
        assertThat(LabRunner.unmet(whole, new TransferOutcome(10, true, Optional.empty())))
                .isEmpty();
        assertThat(LabRunner.unmet(whole, new TransferOutcome(10, false, Optional.empty())))
                .containsExactly("expected the connection to end, it did not");
        assertThat(LabRunner.unmet(whole, new TransferOutcome(10, false, Optional.of("Connection reset"))))
                .containsExactly("expected the connection to end, got: Connection reset");
        assertThat(LabRunner.unmet(whole, new TransferOutcome(11, true, Optional.empty())))
                .containsExactly("expected 10 bytes to arrive, got 11");
        assertThat(LabRunner.unmet(transfer(Optional.of(0)), new TransferOutcome(0, false, Optional.empty())))
                .isEmpty();
    }

    private static Step.Transfer transfer(Optional<Integer> received) {
        TransferOptions request = new TransferOptions(IpAddress.parse("10.3.0.2"), 10);
        return new Step.Transfer("a", request, Optional.empty(), received, Map.of());
    }

    @Test
    void whatWasNotSentIsSeen() {
        Arrival surplus = new Arrival(2);
        for (int i = 0; i < 4; i++) {
            surplus.take(TransferOptions.content(i));
        }
        assertThat(surplus.received()).isEqualTo(4);
        assertThat(surplus.isWrong()).isTrue();

        Arrival changed = new Arrival(3);
        changed.take(TransferOptions.content(0));
        changed.take(TransferOptions.content(2));
        changed.take(TransferOptions.content(1));
        assertThat(changed.received()).isEqualTo(1);
        assertThat(changed.isWrong()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"no, 1000, 3", "no, 4000, 3", "yes, 1200, 3"})
    void datagramsComeBack(String silent, int size, int count) throws IOException {
        String step = "udp: { from: a, to: 10.3.0.2, size: %d, count: %d }".formatted(size, count);

        assertThat(run(silent, step).failures()).isEmpty();
    }

    @Test
    void nobodyIsThereToServe() {
        assertThatThrownBy(() -> scenario("no", "transfer: { from: a, to: 10.9.0.1, bytes: 1 }"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no host of this lab has it");
        assertThat(List.of("udp: { from: a, to: 10.9.0.1 }", "transfer: { from: a, to: 10.3.0.2 }"))
                .allSatisfy(
                        step -> assertThatThrownBy(() -> scenario("no", step)).isInstanceOf(ConfigException.class));
    }
}
