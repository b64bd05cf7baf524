package org.xfrmctl.model.definition;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code secrets:}. No message shows what was found: it may be a key that stands in the wrong place. */
final class SecretSourceReader {
    private static final String ALLOWED =
            "allowed is one of { file: PATH }, { env: NAME }, { command: [PROGRAM, ARG] }";

    private final Collected collected;
    private final Path file;

    SecretSourceReader(Collected collected, Path file) {
        this.collected = collected;
        this.file = file;
    }

    void read(Node secrets) {
        for (Node.Entry entry : ConnectionReader.named(secrets, "secret", collected.problems)) {
            boolean isNew =
                    Collected.isNew(collected.secretNames, entry.key(), entry.keyPlace(), "secret", collected.problems);
            if (isNew) {
                source(entry).ifPresent(source -> collected.secrets.put(entry.key(), source));
            }
        }
    }

    private Optional<SecretSource> source(Node.Entry entry) {
        if (!(entry.value() instanceof Node.Mapping mapping)) {
            collected.problems.add(
                    entry.value().place(), "a secret's content must not stand in a definition; " + ALLOWED);
            return Optional.empty();
        }
        Optional<Section> section = Section.open(mapping, Vocabulary.SECRET, collected.problems);
        if (mapping.entries().size() != 1) {
            collected.problems.add(mapping.place(), "a secret has exactly one source; " + ALLOWED);
            return Optional.empty();
        }
        Place place = entry.keyPlace();
        return section.flatMap(fields -> {
            Optional<SecretSource> path = fields.optional("file", node -> new SecretSource.File(path(node), place));
            Optional<SecretSource> variable =
                    fields.optional("env", node -> new SecretSource.Environment(variable(node), place));
            Optional<SecretSource> command =
                    fields.optional("command", node -> new SecretSource.Command(arguments(node), place));
            return path.or(() -> variable).or(() -> command);
        });
    }

    private Path path(Node node) {
        try {
            return besides(file, hidden(node, "a path"));
        } catch (InvalidPathException e) {
            throw new ConfigException(node.place(), "this is no path; allowed is the path of a file");
        }
    }

    /** A relative path means one from the directory of the file that names it. */
    static Path besides(Path file, String path) {
        return file.resolveSibling(path).normalize();
    }

    private static String variable(Node node) {
        String name = hidden(node, "the name of an environment variable");
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new ConfigException(
                    node.place(), "this is no name of an environment variable; allowed are letters, digits and \"_\"");
        }
        return name;
    }

    private static List<String> arguments(Node node) {
        return Scalars.several(node, "allowed is a program and its arguments").stream()
                .map(item -> hidden(item, "a program or argument"))
                .toList();
    }

    private static String hidden(Node node, String allowed) {
        if (node instanceof Node.Scalar scalar
                && !scalar.absent()
                && !scalar.text().isBlank()) {
            return scalar.text();
        }
        throw new ConfigException(node.place(), "allowed here is " + allowed);
    }
}
