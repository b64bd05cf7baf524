package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * {@code loop.c}, by its own clock, which starts when its socket is open.
 *
 * @param loop the compiled program
 * @param together how many changes it sends in one datagram
 */
record CLoop(Path loop, Subject subject, int together, Program program) implements Contestant {
    /** Compiles it with this machine's compiler. */
    static Path compile(Program program) {
        Path source = program.directory().resolve("loop.c");
        Path compiled = program.directory().resolve("loop");
        try (InputStream resource = CLoop.class.getResourceAsStream("loop.c")) {
            Files.copy(Objects.requireNonNull(resource), source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program.run(List.of("cc", "-O2", "-o", compiled.toString(), source.toString()));
        return compiled;
    }

    @Override
    public String name() {
        return together == 1 ? "C, one by one" : "C, " + together + " together";
    }

    @Override
    public Duration time(Operation operation, int count) {
        return time(operation.word(), count);
    }

    @Override
    public int dumped() {
        return Integer.parseInt(run(Operation.DUMP.word(), 1)[0]);
    }

    /** Asks so often for the number of states. */
    Duration ask(int times) {
        return time("ask", times);
    }

    private Duration time(String what, int count) {
        String[] printed = run(what, count);
        Tally.require(count, Integer.parseInt(printed[0]), "answers");
        return Duration.ofNanos(Long.parseLong(printed[1]));
    }

    private String[] run(String what, int count) {
        List<String> command =
                List.of(loop.toString(), subject.word(), what, Integer.toString(count), Integer.toString(together));
        return program.run(command).output().split(" ", -1);
    }
}
