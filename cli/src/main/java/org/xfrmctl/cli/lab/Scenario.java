package org.xfrmctl.cli.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A lab file: what there is, which definition each host carries, and what happens in order.
 *
 * @param title one line for people
 * @param definitions host name to definition file
 * @param generateKeys whether every secret is made afresh for this run ({@code secrets: generate})
 */
public record Scenario(
        String title,
        Path file,
        LabTopology topology,
        Map<String, Path> definitions,
        boolean generateKeys,
        List<Step> steps) {
    public Scenario {
        definitions = Map.copyOf(definitions);
        steps = List.copyOf(steps);
    }

    /** All definition files: those that hosts begin with, and those that steps bring. */
    public Stream<Path> files() {
        return Stream.concat(
                definitions.values().stream(),
                steps.stream()
                        .filter(Step.Define.class::isInstance)
                        .flatMap(step -> ((Step.Define) step).definitions().values().stream()));
    }
}
