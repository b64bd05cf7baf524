package org.xfrmctl.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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

    private static final int RUNS = 3;
    private static final int SHOWN = 5;
    private static final Path KEPT = Path.of("target", "differential");

    @TempDir
    private Path results;

    private final Map<String, String> differences = new HashMap<>();

    @Test
    void bothKernelsDoTheSame() throws IOException, InterruptedException {
        List<String> names = Stream.concat(
                        NamedSequences.all().stream().map(Sequence::name),
                        LongStream.range(FIRST, FIRST + COUNT).mapToObj(seed -> Sequence.SEED + seed))
                .toList();
        List<String> different = names;
        // Linux hands some packets on by a thread of its own, which may be late. What is no more than that is not
        // always so.
        for (int run = 1; run <= RUNS && !different.isEmpty(); run++) {
            different = differing(different, "run-" + run);
            System.out.printf("run %d: %d of %d sequences differ%n", run, different.size(), names.size());
        }
        assertThat(different.stream().limit(SHOWN).map(differences::get))
                .as("of %d sequences", names.size())
                .isEmpty();
    }

    /** Runs sequences on both kernels; the names of those that differ. */
    private List<String> differing(List<String> names, String run) throws IOException, InterruptedException {
        Path wanted = Files.write(results.resolve(run + "-names"), names);
        Path file = results.resolve(run + "-transcripts");
        List<String> arguments = List.of(wanted.toString(), file.toString());
        GuestRun guest =
                RealKernel.userModeLinux().run(GuestJava.command(DifferentialMain.class, arguments), results, LIMIT);
        assertThat(guest.exitStatus()).as(guest.console()).isZero();
        Map<String, List<String>> real = read(file);
        assertThat(real.keySet()).containsExactlyElementsOf(names);

        List<String> different = new ArrayList<>();
        for (String name : names) {
            Sequence sequence = NamedSequences.get(name);
            List<String> lines = real.getOrDefault(name, List.of());
            List<String> ours = Transcript.of(sequence, new UserspaceSubject());
            if (!ours.equals(lines)) {
                different.add(name);
                differences.put(name, difference(name, lines, ours));
                String kept = name.replace(' ', '-');
                keep(kept + ".real", lines);
                keep(kept + ".ours", ours);
                keep(kept + ".steps", sequence.steps().stream().map(Step::line).toList());
            }
        }
        return different;
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
