package org.xfrmctl.it.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** What Prometheus is told of User Mode Linux is what {@code ip} and /proc say. */
class MetricsIT {
    private static final String CHILD = "{connection=\"home\",child=\"net\",";
    private static final Pattern STATE = Pattern.compile(
            "(?s)proto (\\S+) spi (0x[0-9a-f]+)\\(.*?lifetime current:\\s+(\\d+)\\(bytes\\), (\\d+)\\(packets\\)");

    @TempDir
    private Path results;

    @Test
    void aScrapeIsWhatTheKernelSays() throws IOException, InterruptedException {
        GuestRun run = RealKernel.userModeLinux()
                .run(
                        GuestJava.command(MetricsProof.class, List.of(results.toString())),
                        results,
                        Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console()).isZero();
        String scrape = Files.readString(results.resolve(MetricsProof.SCRAPE));

        List<MatchResult> states = STATE.matcher(Files.readString(results.resolve(MetricsProof.STATES)))
                .results()
                .toList();
        assertThat(states).as("two epochs are accepted").hasSizeGreaterThanOrEqualTo(6);
        for (MatchResult state : states) {
            String labels = "protocol=\"" + protocol(state.group(1)) + "\",spi=\"" + state.group(2) + "\"} ";
            assertThat(scrape)
                    .containsPattern("xfrmctl_state_bytes_total\\{.*" + Pattern.quote(labels + state.group(3)) + "\n")
                    .containsPattern(
                            "xfrmctl_state_packets_total\\{.*" + Pattern.quote(labels + state.group(4)) + "\n");
        }
        for (String line : Files.readAllLines(results.resolve(MetricsProof.STATISTICS))) {
            String[] words = line.strip().split("\\s+", -1);
            assertThat(scrape).contains("\nxfrmctl_xfrm_stat_total{counter=\"" + words[0] + "\"} " + words[1] + "\n");
        }
        assertThat(scrape)
                .contains(
                        "\nxfrmctl_up 1\n",
                        "\nxfrmctl_child_condition" + CHILD + "condition=\"up\"} 1\n",
                        "\nxfrmctl_child_packets_total" + CHILD + "direction=\"out\",protocol=\"esp\"} 5\n",
                        "\nxfrmctl_child_packets_total" + CHILD + "direction=\"in\",protocol=\"esp\"} 5\n",
                        "\nxfrmctl_child_packets_total" + CHILD + "direction=\"in\",protocol=\"ipcomp\"} 3\n",
                        "\nxfrmctl_child_packets_total" + CHILD + "direction=\"in\",protocol=\"ipip\"} 2\n",
                        "\nxfrmctl_foreign_states{protocol=\"esp\"} 0\n",
                        "\nxfrmctl_foreign_policies{direction=\"out\"} 0\n");
    }

    private static String protocol(String name) {
        return name.equals("comp") ? "ipcomp" : name.matches("ipip|4|ipv6|41|ipencap") ? "ipip" : name;
    }
}
