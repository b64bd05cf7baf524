package org.xfrmctl.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/**
 * The sequences of some seeds, by User Mode Linux and by the userspace kernel. More of them, for a long run:
 * {@code -Dxfrmctl.sequences=50000}.
 */
class DifferentialIT {
    private static final long FIRST = Long.getLong("xfrmctl.seed", 1);
    private static final long COUNT = Long.getLong("xfrmctl.sequences", 2000);
    /** A sequence takes a seventh of a second where nothing else runs. */
    private static final Duration LIMIT = Duration.ofMinutes(10).plusSeconds(COUNT);

    private static final int SHOWN = 5;
    private static final Path KEPT = Path.of("target", "differential");

    @TempDir
    private Path results;

    @Test
    void bothKernelsDoTheSame() throws IOException, InterruptedException {
        Path file = results.resolve("transcripts");
        List<String> arguments = List.of(Long.toString(FIRST), Long.toString(COUNT), file.toString());
        GuestRun run =
                RealKernel.userModeLinux().run(GuestJava.command(DifferentialMain.class, arguments), results, LIMIT);
        assertThat(run.exitStatus()).as(run.console()).isZero();

        List<String> differences = new ArrayList<>();
        Map<String, List<String>> real = read(file);
        List<Sequence> sequences = new ArrayList<>(NamedSequences.all());
        LongStream.range(FIRST, FIRST + COUNT).mapToObj(Sequence::random).forEach(sequences::add);
        for (Sequence sequence : sequences) {
            List<String> lines = real.getOrDefault(sequence.name(), List.of());
            List<String> ours = Transcript.of(sequence, new UserspaceSubject());
            if (!ours.equals(lines)) {
                differences.add(difference(sequence.name(), lines, ours));
                String name = sequence.name().replace(' ', '-');
                keep(name + ".real", lines);
                keep(name + ".ours", ours);
                keep(name + ".steps", sequence.steps().stream().map(Step::line).toList());
            }
        }
        assertThat(real).hasSameSizeAs(sequences);
        assertThat(differences.stream().limit(SHOWN))
                .as("%d of %d sequences differ", differences.size(), sequences.size())
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

    private static Map<String, List<String>> read(Path file) throws IOException {
        Map<String, List<String>> transcripts = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("= ")) {
                current = new ArrayList<>();
                transcripts.put(line.substring(2), current);
            } else {
                current.add(line);
            }
        }
        return transcripts;
    }

    /** The first line that differs, behind those from the last request on. */
    private static String difference(String name, List<String> real, List<String> ours) {
        int at = 0;
        while (at < Math.min(real.size(), ours.size()) && real.get(at).equals(ours.get(at))) {
            at++;
        }
        int from = at;
        while (from > 0 && (from >= real.size() || real.get(from).startsWith("  "))) {
            from--;
        }
        return name + "\n" + String.join("\n", real.subList(from, at)) + "\nreal: "
                + (at < real.size() ? real.get(at) : "nothing") + "\nours: "
                + (at < ours.size() ? ours.get(at) : "nothing") + "\n";
    }
}
