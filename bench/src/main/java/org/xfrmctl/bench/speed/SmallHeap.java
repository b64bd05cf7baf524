package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dumps by JVMs that may not have more than 64 MiB of heap. How much of it they used is read from the collector's log. */
record SmallHeap(String launcher, Subject subject, Program program) {
    private static final String LIMIT = "-Xmx64m";
    /** {@code 21M->4M(61M)}: in use before a collection and after it, in MiB. */
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
    /** The java launcher takes options from here. */
    private static final String OPTIONS = "JDK_JAVA_OPTIONS";

    /** The heap in use, in MiB, at most: before a collection, and after one. */
    private record Use(int before, int after) {
        Use and(Use other) {
            return new Use(Math.max(before, other.before), Math.max(after, other.after));
        }
    }

    static MarkdownTable table() {
        return new MarkdownTable(2, LIMIT, "by", "MiB in use at most", "after a collection");
    }

    /**
     * Adds what the table that is now in the kernel takes.
     *
     * @throws IllegalStateException if the heap is too small, among others
     */
    void measure(int count, MarkdownTable table) {
        String dump = "dump of " + count + " " + subject.plural();
        row(
                table,
                dump,
                "library",
                OwnJava.command(StreamedDump.class, List.of(subject.word(), Integer.toString(count))));
        row(table, dump, "xfrmctl", List.of(launcher, subject.word()));
    }

    private void row(MarkdownTable table, String dump, String by, List<String> command) {
        Path log = program.directory().resolve("collections");
        String options = System.getenv().getOrDefault(OPTIONS, "") + " " + LIMIT + " -Xlog:gc:file=" + log;
        program.runWith(Map.of(OPTIONS, options), command);
        Use use = read(log);
        table.row(dump, by, Integer.toString(use.before), Integer.toString(use.after));
    }

    private static Use read(Path log) {
        try {
            Matcher matcher = COLLECTION.matcher(Files.readString(log));
            Use most = new Use(0, 0);
            while (matcher.find()) {
                most = most.and(new Use(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
            }
            return most;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
