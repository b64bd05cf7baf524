package org.xfrmctl.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.pcap.CapturedPacket;
import org.xfrmctl.datapath.pcap.PcapReader;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.IpAddress;

/** A thousand rekeys of a connection that carries traffic: nothing is lost, nothing is in clear, nothing is left. */
class RekeyUnderTrafficTest {
    private static final int REKEYS = 1000;
    private static final int ESP = 50;

    private static final String DEFINITION = """
            connections:
              home:
                local_addrs: %s
                remote_addrs: %s
                children:
                  small: { mode: transport, local_ts: "dynamic[icmp]", remote_ts: "dynamic[icmp]", ipcomp: yes, keys: { derive: shared } }
            secrets:
              shared: { file: shared.key }
            """;

    @TempDir
    Path directory = Path.of("");

    private Scenario scenario() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), DEFINITION.formatted("10.1.0.1", "10.1.0.2"));
        Files.writeString(directory.resolve("b.yaml"), DEFINITION.formatted("10.1.0.2", "10.1.0.1"));
        return ScenarioReader.read(Files.writeString(directory.resolve("lab.yaml"), """
                links: { wire: { mtu: 1500 } }
                hosts:
                  a: { addresses: { wire: 10.1.0.1/24 }, definition: a.yaml }
                  b: { addresses: { wire: 10.1.0.2/24 }, definition: b.yaml }
                secrets: generate
                steps:
                  - up: [a, b]
                """));
    }

    @Test
    void nothingIsLostInClearOrLeft() throws IOException {
        Scenario scenario = scenario();
        Path pcap = directory.resolve("wire.pcap");
        int states;
        try (UserspaceLaboratory laboratory = new UserspaceLaboratory(scenario.topology());
                Laboratory.Capture capture = laboratory.capture("wire", pcap);
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            assertThat(capture).isNotNull();
            runner.run(result -> {});
            CounterRises rises = new CounterRises(laboratory, scenario.topology());
            ManagedHost a = runner.managed("a");
            ManagedHost b = runner.managed("b");
            states = a.session().snapshot().states().size();
            // One end goes first and the other one follows, in turns, so a has followed at the end.
            for (int i = 0; i < REKEYS; i++) {
                ping(laboratory, i);
                (i % 2 == 0 ? a : b).rekey();
                ping(laboratory, i);
                (i % 2 == 0 ? b : a).rekey();
            }
            assertThat(rises.now()).as("counters of what went wrong").isEmpty();
            assertThat(a.session().snapshot().states())
                    .as("as many as at first, and the inbound ESP state of the epoch before")
                    .hasSize(states + 1);
            a.run(Goal.DOWN);
            assertThat(a.session().snapshot().states()).isEmpty();
        }
        assertThat(protocols(pcap)).containsOnlyKeys(ESP).containsEntry(ESP, 4 * REKEYS);
    }

    /** From one end to the other and back, small and large by turns. */
    private static void ping(Laboratory laboratory, int round) {
        int size = round % 3 == 0 ? 900 : 20;
        PingOutcome outcome = laboratory
                .host("a")
                .ping(new PingOptions(IpAddress.parse("10.1.0.2"), size, 1, Optional.empty(), false, 0));
        assertThat(outcome.received()).as("rekey %d, %d bytes", round, size).isEqualTo(1);
    }

    private static Map<Integer, Integer> protocols(Path pcap) throws IOException {
        Map<Integer, Integer> protocols = new TreeMap<>();
        try (PcapReader reader = new PcapReader(new BufferedInputStream(Files.newInputStream(pcap)))) {
            for (Optional<CapturedPacket> next = reader.read(); next.isPresent(); next = reader.read()) {
                protocols.merge((int) next.get().packet().toArray()[9], 1, Integer::sum);
            }
        }
        return protocols;
    }
}
