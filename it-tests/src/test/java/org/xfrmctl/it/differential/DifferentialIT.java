package org.xfrmctl.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * The sequences of some seeds, by User Mode Linux and by the userspace kernel. More of them, for a long run:
 * {@code -Dxfrmctl.sequences=50000}.
 */
class DifferentialIT {
    private static final long FIRST = Long.getLong("xfrmctl.seed", 1);
    private static final long COUNT = Long.getLong("xfrmctl.sequences", 2000);
    private static final int SHOWN = 5;
    private static final Path KEPT = Path.of("target", "differential");

    @TempDir
    private Path results;

    @Test
    void bothKernelsDoTheSame() throws IOException, InterruptedException {
        Path file = results.resolve("transcripts");
        List<String> arguments = List.of(Long.toString(FIRST), Long.toString(COUNT), file.toString());
        GuestRun run = RealKernel.userModeLinux()
                .run(GuestJava.command(DifferentialMain.class, arguments), results, Duration.ofMinutes(20));
        assertThat(run.exitStatus()).as(run.console()).isZero();

        List<String> differences = new ArrayList<>();
        Map<Long, List<String>> real = read(file);
        real.forEach((seed, lines) -> {
            List<String> ours = userspace(seed);
            if (!ours.equals(lines)) {
                differences.add(difference(seed, lines, ours));
                keep(seed + ".real", lines);
                keep(seed + ".ours", ours);
            }
        });
        assertThat(real).hasSize((int) COUNT);
        assertThat(differences.stream().limit(SHOWN))
                .as("%d of %d sequences differ", differences.size(), COUNT)
                .isEmpty();
    }

    /** For whoever looks into it. */
    private static void keep(String name, List<String> lines) {
        try {
            Files.write(Files.createDirectories(KEPT).resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Long, List<String>> read(Path file) throws IOException {
        Map<Long, List<String>> transcripts = new TreeMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("seed ")) {
                current = new ArrayList<>();
                transcripts.put(Long.parseLong(line.substring(5)), current);
            } else {
                current.add(line);
            }
        }
        return transcripts;
    }

    private static List<String> userspace(long seed) {
        UserspaceKernel kernel = new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random(1)));
        try (NetlinkTransport socket = kernel.open();
                NetlinkTransport listener = kernel.open()) {
            useUp(kernel);
            XfrmGroup.ALL.forEach(listener::join);
            return Transcript.of(seed, socket, listener, () -> {});
        }
    }

    /** The first index that a new kernel gives comes twice; the real one has run for a while. */
    private static void useUp(UserspaceKernel kernel) {
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            for (int i = 0; i < 2; i++) {
                client.addPolicy(XfrmPolicy.builder(Selector.any(Family.INET), Direction.IN)
                        .build());
                client.flushPolicies(PolicyType.MAIN);
            }
        }
    }

    /** The first line that differs, behind those from the last request on. */
    private static String difference(long seed, List<String> real, List<String> ours) {
        int at = 0;
        while (at < Math.min(real.size(), ours.size()) && real.get(at).equals(ours.get(at))) {
            at++;
        }
        int from = at;
        while (from > 0 && (from >= real.size() || real.get(from).startsWith("  "))) {
            from--;
        }
        return "seed " + seed + "\n" + String.join("\n", real.subList(from, at)) + "\nreal: "
                + (at < real.size() ? real.get(at) : "nothing") + "\nours: "
                + (at < ours.size() ? ours.get(at) : "nothing") + "\n";
    }
}
