package org.xfrmctl.it.differential;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the transcripts of the kernel that this process runs on, which must be its own. */
final class DifferentialMain {
    /** A kernel's timers are not to be seen: what took longer is done again. */
    private static final long LONG_NANOS = 700_000_000;

    private static final int TRIES = 3;

    private DifferentialMain() {}

    /** The arguments are a file with the names of the sequences, a line each, and the file to write. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[1]));
                LinuxSubject subject = LinuxSubject.open()) {
            for (String name : Files.readAllLines(Path.of(arguments[0]))) {
                write(NamedSequences.get(name), subject, out);
            }
        }
    }

    private static void write(Sequence sequence, LinuxSubject subject, BufferedWriter out) throws IOException {
        List<String> lines = List.of();
        long start = System.nanoTime() - LONG_NANOS;
        for (int i = 0; i < TRIES && System.nanoTime() - start >= LONG_NANOS; i++) {
            subject.clear();
            start = System.nanoTime();
            lines = Transcript.of(sequence, subject);
        }
        out.write("= " + sequence.name() + "\n");
        for (String line : lines) {
            out.write(line);
            out.write('\n');
        }
    }
}
