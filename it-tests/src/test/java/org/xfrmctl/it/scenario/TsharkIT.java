package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;

/** tshark decrypts what the userspace kernel put on the wire: good ICVs, and the right packets inside. */
class TsharkIT {
    @TempDir
    private Path directory;

    @BeforeAll
    static void require() {
        Tshark.require();
    }

    @Test
    void readsAesCbcWithHmac() throws Exception {
        List<List<String>> packets = fields("plain-esp", "esp.icv_good", "ip.src", "ip.dst", "icmp.type", "data.len");

        // The small ping and its answer, then the large ones, which tshark puts together from six fragments each.
        assertThat(packets)
                .filteredOn(fields -> fields.get(0).equals("1"))
                .containsExactly(
                        List.of("1", "192.168.0.100,192.168.0.100", "192.168.0.1,10.1.0.10", "8", "56"),
                        List.of("1", "192.168.0.1,10.1.0.10", "192.168.0.100,192.168.0.100", "0", "56"),
                        List.of("1", "192.168.0.100,192.168.0.100", "192.168.0.1,10.1.0.10", "8", "8184"),
                        List.of("1", "192.168.0.1,10.1.0.10", "192.168.0.100,192.168.0.100", "0", "8184"));
    }

    @Test
    void readsAesGcmAroundIpcompAndAroundPlainIpip() throws Exception {
        List<List<String>> packets =
                fields("compress", "esp.icv_good", "esp.protocol", "ipcomp.cpi", "ip.dst", "icmp.type");

        assertThat(packets)
                .containsExactly(
                        List.of("1", "0x04", "", "192.168.0.1,10.1.0.10", "8"),
                        List.of("1", "0x04", "", "192.168.0.100,192.168.0.100", "0"),
                        List.of("1", "0x6c", "0x1001", "192.168.0.1,10.1.0.10", "8"),
                        List.of("1", "0x6c", "0x1002", "192.168.0.100,192.168.0.100", "0"));
    }

    @Test
    void readsIpv6() throws Exception {
        List<List<String>> packets = fields("compress6", "esp.icv_good", "esp.protocol");

        assertThat(packets)
                .isNotEmpty()
                .allSatisfy(fields -> assertThat(fields.get(0)).isEqualTo("1"));
        assertThat(packets).extracting(fields -> fields.get(1)).contains("0x29", "0x6c");
    }

    private List<List<String>> fields(String scenario, String... fields) throws Exception {
        UserspaceRun run = UserspaceRun.of(scenario, directory, host -> Identifiers.random(new Random(7)));
        List<XfrmState> states = new Opener(scenario, ScenarioReader.read(Scenarios.named(scenario)))
                .states().stream()
                        .filter(state -> state.id().protocol().equals(IpProtocol.ESP))
                        .toList();
        return Tshark.fields(run.capture("wan"), states, List.of(fields));
    }
}
