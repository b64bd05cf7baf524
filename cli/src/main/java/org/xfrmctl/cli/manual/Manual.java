package org.xfrmctl.cli.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All man pages: one for the program, for each command that is not hidden, and for definition files. */
public final class Manual {
    private final Map<String, String> pages = new TreeMap<>();
    private final String date;
    private final String source;

    /**
     * Writes the pages of a program, which is the root of its commands.
     *
     * @param date what stands at their foot, as 2026-11-26
     * @param source the program and its version
     */
    public Manual(CommandSpec program, String date, String source) {
        this.date = date;
        this.source = source;
        add(program);
        pages.put("man5/" + DefinitionPage.NAME + ".5", DefinitionPage.print(date, source));
    }

    private void add(CommandSpec command) {
        pages.put("man1/" + CommandPage.name(command) + ".1", CommandPage.print(command, date, source));
        command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !each.usageMessage().hidden())
                .forEach(this::add);
    }

    /** By the place that {@code man} looks for them in, as {@code man1/xfrmctl.1}. */
    public Map<String, String> pages() {
        return Map.copyOf(pages);
    }

    /**
     * Makes the files.
     *
     * @param directory such as {@code /usr/local/share/man}; made if it is missing
     * @throws UncheckedIOException if one cannot be written
     */
    public void write(Path directory) {
        pages.forEach((name, text) -> {
            Path file = directory.resolve(name);
            try {
                Files.createDirectories(file.resolveSibling(""));
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
