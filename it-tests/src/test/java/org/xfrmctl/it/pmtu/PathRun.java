package org.xfrmctl.it.pmtu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xfrmctl.cli.lab.LabRunner;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.StepResult;

/** All transfers over one kind of hop, one after the other. */
record PathRun(int mtu, PathCase.Errors errors) {
    static final List<PathRun> ALL = PathCase.MTUS.stream()
            .flatMap(mtu -> Stream.of(PathCase.Errors.values()).map(errors -> new PathRun(mtu, errors)))
            .toList();

    /** How many bytes of each case's file arrive. */
    Map<String, Integer> received(Function<LabTopology, Laboratory> kernel) {
        return inDirectory(directory -> received(kernel, directory));
    }

    /** What a probe says of each case: its verdict, and what passes. */
    Map<String, String> probed(Function<LabTopology, Laboratory> kernel) {
        return inDirectory(directory -> probed(kernel, directory));
    }

    private static <T> T inDirectory(Function<Path, T> work) {
        try {
            Path directory = Files.createTempDirectory("path");
            try {
                return work.apply(directory);
            } finally {
                for (String file : List.of("lab.yaml", "b.yaml", "c.yaml")) {
                    Files.deleteIfExists(directory.resolve(file));
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<PathCase> paths() {
        return PathCase.ALL.stream()
                .filter(path -> path.mtu() == mtu && path.errors() == errors)
                .toList();
    }

    private Map<String, String> probed(Function<LabTopology, Laboratory> kernel, Path directory) {
        List<PathCase> paths = paths();
        Scenario scenario = PathLab.in(directory, mtu, errors, paths, PathLab.Task.PROBE);
        Map<String, String> probed = new LinkedHashMap<>();
        try (Laboratory laboratory = kernel.apply(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            Iterator<PathCase> next = paths.iterator();
            for (StepResult result : runner.run(ignored -> {})) {
                if (result instanceof StepResult.Probed step) {
                    probed.put(
                            next.next().toString(),
                            step.report().verdict() + " "
                                    + step.report().soundings().passes());
                }
            }
        }
        return probed;
    }

    private Map<String, Integer> received(Function<LabTopology, Laboratory> kernel, Path directory) {
        List<PathCase> paths = paths();
        Scenario scenario = PathLab.in(directory, mtu, errors, paths);
        Map<String, Integer> received = new LinkedHashMap<>();
        try (Laboratory laboratory = kernel.apply(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            Iterator<PathCase> next = paths.iterator();
            for (StepResult result : runner.run(ignored -> {})) {
                if (result instanceof StepResult.Transferred transferred) {
                    received.put(next.next().toString(), transferred.result().received());
                }
            }
        }
        return received;
    }
}
