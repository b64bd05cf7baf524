package org.xfrmctl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.model.definition.SecretReader;
import org.xfrmctl.model.definition.SecretStore;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code -f FILE}: which definition a command is about. */
final class DefinitionOptions {
    static final String DEFAULT_PLACE = "/etc/xfrmctl.d";

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A definition (YAML or JSON), or a directory of them, read in name order. May be repeated."
                    + " Default: " + DEFAULT_PLACE)
    List<Path> files = List.of();

    Definition definition() {
        return DefinitionReader.read(places());
    }

    /** A file that was named and does not exist is a mistake and not meant here. */
    private boolean isNothingDefined() {
        Path place = Path.of(DEFAULT_PLACE);
        return files.isEmpty()
                ? !Files.exists(place) || DefinitionReader.isEmpty(place)
                : files.stream().allMatch(DefinitionReader::isEmpty);
    }

    /** Where the definition stands; what does not exist is refused here, where it is known how it came to be named. */
    private List<Path> places() {
        if (files.isEmpty() && !Files.exists(Path.of(DEFAULT_PLACE))) {
            throw new CommandFailedException(
                    "no definition: there is no " + DEFAULT_PLACE, "name a file or directory with -f FILE");
        }
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new CommandFailedException("there is no definition " + file, "check the path given with -f");
            }
        }
        return files.isEmpty() ? List.of(Path.of(DEFAULT_PLACE)) : files;
    }

    /** The directory of the first file: what is written for it names files beside it by their names alone. */
    Path directory() {
        Path first = places().get(0);
        return Files.isDirectory(first) ? first : first.resolveSibling("");
    }

    /** Secrets as this process may read them; a command that gives one has half a minute. */
    static SecretStore secrets() {
        return new SecretStore(SecretReader.ofProcess(Duration.ofSeconds(30)));
    }

    /** Everything that is defined; reads the secrets. */
    Wanted wanted() {
        Definition definition = definition();
        return Wanted.of(definition, secrets().resolve(definition));
    }

    /**
     * As {@link #wanted()}; for a goal that adds no state, no secret is read. A child that goes down by its name may be known
     * to the journal alone, when the last definition is gone.
     */
    Wanted wanted(Goal goal, List<String> names) {
        if (goal == Goal.DOWN && !names.isEmpty() && isNothingDefined()) {
            return Wanted.nothing();
        }
        return goal.needsKeys() ? wanted() : Wanted.withoutKeys(definition());
    }

    /** The children that the names mean: a connection's name means all of its children, no name at all means all. */
    Set<ChildName> choose(DesiredState desired, List<String> names) {
        return choose(desired, Set.of(), names);
    }

    /** As above; what is to go down may also be a child that is not defined, but known to the journal. */
    Set<ChildName> choose(DesiredState desired, Goal goal, JournalRecord record, List<String> names) {
        return choose(desired, goal == Goal.DOWN ? record.children() : Set.of(), names);
    }

    private Set<ChildName> choose(DesiredState desired, Set<ChildName> others, List<String> names) {
        Set<ChildName> chosen = new LinkedHashSet<>();
        List<ChildName> defined =
                desired.children().stream().map(DesiredChild::name).toList();
        if (names.isEmpty()) {
            chosen.addAll(defined);
        }
        Set<ChildName> known = new LinkedHashSet<>(defined);
        known.addAll(others);
        for (String name : names) {
            List<ChildName> meant = known.stream()
                    .filter(child ->
                            child.toString().equals(name) || child.connection().equals(name))
                    .toList();
            if (meant.isEmpty()) {
                throw unknown(name, known);
            }
            chosen.addAll(meant);
        }
        return chosen;
    }

    private ParameterException unknown(String name, Set<ChildName> known) {
        List<String> names = new ArrayList<>();
        known.forEach(child -> {
            names.add(child.connection());
            names.add(child.toString());
        });
        String defined = names.isEmpty()
                ? "; nothing is defined"
                : "; defined are " + String.join(", ", new LinkedHashSet<>(names));
        return new ParameterException(
                command.commandLine(),
                "no connection or child is named \"" + name + "\"" + UsageError.meant(name, names, defined));
    }
}
