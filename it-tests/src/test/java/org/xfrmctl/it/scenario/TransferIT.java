package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.it.scenario.ScenarioRecord.StepRecord;

/** Files and datagrams find the same ways on both kernels: what arrives, how long packets get. */
class TransferIT {
    /** The option of RFC 7323 and its padding, which a host's own TCP does not send. */
    private static final int TIMESTAMPS = 12;

    /** How much of a compressed packet's length comes from the numbers in its headers, which are random. */
    private static final int COMPRESSED = 16;

    @TempDir
    private Path directory;

    static List<String> scenarios() {
        return Scenarios.transfers().stream().map(Scenarios::name).toList();
    }

    private UserspaceRun userspace(String scenario) {
        return UserspaceRun.of(scenario, directory, host -> Identifiers.random(new Random(host.hashCode())));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void bothKernelsMeetTheScenariosExpectations(String scenario) {
        List<StepRecord> real = KernelRun.ofTransfers(scenario).record(scenario).steps();
        ScenarioRecord userspace = userspace(scenario).record();

        assertThat(KernelRun.ofTransfers(scenario).record(scenario).failures())
                .as("on the real kernel")
                .isEmpty();
        assertThat(userspace.failures()).as("on the userspace kernel").isEmpty();
        assertThat(userspace.steps()).hasSameSizeAs(real);
        for (int i = 0; i < real.size(); i++) {
            assertThat(userspace.steps().get(i).received())
                    .as(real.get(i).step())
                    .isEqualTo(real.get(i).received());
        }
    }

    /**
     * The path MTU that each end has found shows in its longest packet. Between the gateways only: in clear, Linux hands
     * segments over uncut where nothing narrow follows. A packet that its data does not fill is longer in Linux by an option.
     */
    @ParameterizedTest
    @MethodSource("scenarios")
    void bothKernelsFillTheirPackets(String scenario) {
        UserspaceRun userspace = userspace(scenario);
        for (String link : List.of("near", "far")) {
            int ours = longest(userspace.capture(link));
            int real = longest(KernelRun.ofTransfers(scenario).capture(scenario, link));
            assertThat(ours).as("longest packet on " + link).isPositive();
            if (scenario.endsWith("compressed")) {
                assertThat(ours)
                        .as("longest packet on " + link)
                        .isBetween(real - TIMESTAMPS - COMPRESSED, real + COMPRESSED);
            } else {
                assertThat(ours).as("longest packet on " + link).isIn(real, real - TIMESTAMPS);
            }
        }
    }

    private static int longest(Path pcap) {
        return Capture.read(pcap).stream().mapToInt(PacketBuffer::length).max().orElse(0);
    }
}
