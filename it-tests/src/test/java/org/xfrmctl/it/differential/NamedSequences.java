package org.xfrmctl.it.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The differences that were found once. Each has a name, which says what was wrong, and as few steps as show it. */
final class NamedSequences {
    private static final List<String> FILES =
            List.of("found-by-requests.txt", "found-outbound.txt", "found-inbound.txt");
    private static final String TITLE = "== ";

    private NamedSequences() {}

    /** In the files a name stands behind {@code ==}; the lines below it are the steps, as {@link Sequence#read} has them. */
    static List<Sequence> all() {
        List<Sequence> sequences = new ArrayList<>();
        String name = "";
        List<String> steps = new ArrayList<>();
        for (String line : FILES.stream().flatMap(NamedSequences::lines).toList()) {
            if (line.startsWith(TITLE)) {
                add(sequences, name, steps);
                name = line.substring(TITLE.length());
                steps = new ArrayList<>();
            } else {
                steps.add(line);
            }
        }
        add(sequences, name, steps);
        return sequences;
    }

    /** One of {@link #all} by its name, or the random one of a seed. */
    static Sequence get(String name) {
        return name.startsWith(Sequence.SEED)
                ? Sequence.random(Long.parseLong(name.substring(Sequence.SEED.length())))
                : all().stream()
                        .filter(sequence -> sequence.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no sequence is named " + name));
    }

    private static void add(List<Sequence> sequences, String name, List<String> steps) {
        if (!name.isEmpty()) {
            sequences.add(Sequence.read(name, steps));
        }
    }

    private static Stream<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(NamedSequences.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
