package org.xfrmctl.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;

/** The MSS of connections that begin and end at the gateways themselves, over a hop that nobody tells of. */
class FirewallStepTest {
    @TempDir
    Path directory = Path.of("");

    /** {@code own} and {@code other} are the last digits of the SPIs. */
    private void define(String name, String ends, String options, int own, int other) throws IOException {
        Files.writeString(directory.resolve(name + ".yaml"), """
                connections:
                  site:
                    %s
                    children:
                      net:
                        %s
                        sas:
                          out: { spi: 0xc100000%d, key: k%d }
                          in: { spi: 0xc100000%d, key: k%d }
                secrets: { k1: { file: none }, k2: { file: none } }
                """.formatted(
                        ends, options.replace(", ", "\n        "), own, own, other, other));
    }

    private static String ends(String local, String remote) {
        return "local_addrs: \"" + local + "\"\n    remote_addrs: \"" + remote + "\"";
    }

    private List<StepResult> run(boolean v6, String mode, String firewall) throws IOException {
        String near = v6 ? "fd01::" : "10.1.0.";
        String far = v6 ? "fd02::" : "10.2.0.";
        String length = v6 ? "/64" : "/24";
        define("a", ends(near + "1", far + "1"), "mss: 1100, mode: " + mode, 1, 2);
        define("b", ends(far + "1", near + "1"), "mode: " + mode, 2, 1);
        Scenario scenario =
                ScenarioReader.read(Files.writeString(directory.resolve("lab.yaml"), """
                links: { near: { mtu: 1500 }, far: { mtu: 1300 }, end: { mtu: 1500 } }
                hosts:
                  a: { addresses: { near: "N1L" }, routes: { default: "N2" }, definition: a.yaml }
                  r:
                    forwarding: yes
                    silent: yes
                    addresses: { near: "N2L", far: "M2L" }
                    routes: { "F1/H": "M1" }
                  s:
                    forwarding: yes
                    silent: yes
                    addresses: { far: "M1L", end: "F2L" }
                    routes: { default: "M2" }
                  b: { addresses: { end: "F1L" }, routes: { default: "F2" }, definition: b.yaml }
                secrets: generate
                steps:
                  - up: [a, b]
                  FIREWALL
                  - transfer: { from: a, to: "F1", bytes: 100000 }
                  - transfer: { from: b, to: "N1", bytes: 100000 }
                """.replace("FIREWALL", firewall)
                        .replace("N", near)
                        .replace("F", far)
                        .replace("M", v6 ? "fd03::" : "10.3.0.")
                        .replace("H", v6 ? "128" : "32")
                        .replace("L", length)));
        try (UserspaceLaboratory laboratory = new UserspaceLaboratory(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            return runner.run(result -> {});
        }
    }

    /** One end is enough: its own SYN tells the other, and what it hears tells itself. */
    @ParameterizedTest
    @CsvSource({"false, tunnel", "true, tunnel", "false, transport", "true, transport"})
    void aGatewaysOwnConnectionsAreClampedToo(boolean v6, String mode) throws IOException {
        List<StepResult> without = run(v6, mode, "- statistics: a");
        List<StepResult> with = run(v6, mode, "- firewall: a");

        assertThat(without.get(2).failures()).containsExactly("expected 100000 bytes to arrive, got 0");
        // What others send here is held to the advmss of the child's route already.
        assertThat(without.get(3).failures()).isEmpty();
        assertThat(with).allSatisfy(result -> assertThat(result.failures()).isEmpty());
    }
}
