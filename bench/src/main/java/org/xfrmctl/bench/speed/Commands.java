package org.xfrmctl.bench.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line tool that reads changes from a file, and prints a table: a new process each time, whose start counts.
 *
 * @param batch takes the file's name as its last word
 * @param dump prints the table
 */
record Commands(String name, List<String> batch, List<String> dump, BatchFiles files, Program program)
        implements Contestant {
    /** Its dump shows keys, for {@code ip} does. */
    static Commands xfrmctl(String launcher, BatchFiles files, Program program) {
        return new Commands(
                "xfrmctl",
                List.of(launcher, "batch"),
                List.of(launcher, files.subject().word(), "--show-keys"),
                files,
                program);
    }

    static Commands ip(BatchFiles files, Program program) {
        return new Commands(
                "ip",
                List.of("ip", "-batch"),
                List.of("ip", "xfrm", files.subject().word()),
                files,
                program);
    }

    /** Every entry begins with its source, and no other line does. */
    @Override
    public int dumped() {
        return (int) program.run(dump)
                .output()
                .lines()
                .filter(line -> line.startsWith("src "))
                .count();
    }

    @Override
    public Duration time(Operation operation, int count) {
        if (operation == Operation.DUMP) {
            return program.time(dump);
        }
        List<String> command = new ArrayList<>(batch);
        command.add(files.file(operation, count).toString());
        return program.time(command);
    }
}
