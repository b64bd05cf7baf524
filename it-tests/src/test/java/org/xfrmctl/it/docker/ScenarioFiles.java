package org.xfrmctl.it.docker;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.ScenarioReader;

/** A copy of a scenario's directory with the keys that its definitions name, as {@code keygen} makes them for both ends. */
record ScenarioFiles(Scenario scenario) {
    /** What a host's definition is called in its container, so that a new one takes the place of the old. */
    private static final String DEFINITION = "host.yaml";

    /** Copies {@code directory} into {@code copy}, which is there and empty. */
    static ScenarioFiles copy(Path directory, Path copy) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Scenario scenario = ScenarioReader.read(copy);
        if (scenario.generateKeys()) {
            scenario.files().distinct().forEach(ScenarioFiles::keygen);
        }
        return new ScenarioFiles(scenario);
    }

    private static void keygen(Path definition) {
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said);
        int status = Main.commandLine(new RunningKernel())
                .setOut(to)
                .setErr(to)
                .execute("keygen", "--file", definition.toString());
        if (status != 0) {
            throw new IllegalStateException("keygen for " + definition + ": " + said);
        }
    }

    /** What /etc/xfrmctl.d holds on a host with this definition: it, and all keys, of which it names some. */
    static Map<String, Path> of(Path definition) {
        Map<String, Path> files = new TreeMap<>(Map.of(DEFINITION, definition));
        try (Stream<Path> all = Files.list(definition.resolveSibling(""))) {
            List<Path> keys =
                    all.filter(file -> file.toString().endsWith(".key")).toList();
            keys.forEach(file -> files.put(file.getFileName().toString(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
