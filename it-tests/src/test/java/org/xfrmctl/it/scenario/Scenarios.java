package org.xfrmctl.it.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.cli.lab.Step;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.model.definition.LogicalInterface;

/** The scenarios that run on both kernels: the examples that users see, and this module's own. */
final class Scenarios {
    private Scenarios() {}

    /** Directories with a lab.yaml, below the checkout that the build runs in; not those of {@link #interfaces}. */
    static List<Path> all() {
        return everywhere().filter(each -> !takesXfrmInterfaces(each)).toList();
    }

    private static Stream<Path> everywhere() {
        Path checkout = checkout();
        return Stream.of(checkout.resolve("examples"), checkout.resolve("it-tests/src/test/resources/scenarios"))
                .flatMap(Scenarios::below);
    }

    private static boolean takesXfrmInterfaces(Path scenario) {
        return ScenarioReader.read(scenario)
                .files()
                .flatMap(file -> DefinitionReader.read(file).interfaces().stream())
                .anyMatch(each -> each.kind() instanceof LogicalInterface.Kind.Xfrm);
    }

    /**
     * Those with files and datagrams, which run on both kernels too, but whose packets are not the same ones: two TCPs cut
     * and acknowledge as they like.
     */
    static List<Path> transfers() {
        return Stream.of("it-tests/src/test/resources/transfers", "examples/pmtu")
                .flatMap(each -> below(checkout().resolve(each)))
                .toList();
    }

    /** Those of {@link #transfers} with rules of nftables, which User Mode Linux does not have. */
    static List<Path> firewalls() {
        return transfers().stream().filter(Scenarios::takesNftables).toList();
    }

    static boolean takesNftables(Path scenario) {
        return ScenarioReader.read(scenario).steps().stream().anyMatch(Step.Firewall.class::isInstance);
    }

    /** Those with xfrm interfaces, which User Mode Linux does not have. */
    static List<Path> interfaces() {
        return everywhere().filter(Scenarios::takesXfrmInterfaces).toList();
    }

    /** Names are unique: the directory's own. */
    static String name(Path scenario) {
        return scenario.getFileName().toString();
    }

    static Path named(String name) {
        return Stream.of(all(), transfers(), interfaces())
                .flatMap(List::stream)
                .filter(each -> name(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name));
    }

    /** The directory above this one that holds the examples: tests start in their module, guests in target. */
    static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("examples"))) {
            directory = Optional.ofNullable(directory.getParent())
                    .orElseThrow(() -> new IllegalStateException("no checkout above the working directory"));
        }
        return directory;
    }

    private static Stream<Path> below(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(each -> Files.exists(each.resolve("lab.yaml"))).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
