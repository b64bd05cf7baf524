package org.xfrmctl.model.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads definition files. All problems of all files are found in one go and thrown together as {@link ConfigException}.
 *
 * <p>A file that is reached twice (included from two files, or listed in a directory and included) is read once; a file
 * that includes itself, directly or by others, is refused.
 */
public final class DefinitionReader {
    private final Collected collected = new Collected();
    private final Set<Path> done = new HashSet<>();
    private final Deque<Path> open = new ArrayDeque<>();
    /** Read last: their children may name interfaces of any file. */
    private final List<Node> connections = new ArrayList<>();

    private DefinitionReader() {}

    /** Reads a file, or all of a directory's {@code *.yaml}, {@code *.yml} and {@code *.json} in name order. */
    public static Definition read(Path path) {
        return read(List.of(path));
    }

    /** Reads several files or directories as one definition. */
    public static Definition read(List<Path> paths) {
        DefinitionReader reader = new DefinitionReader();
        for (Path path : paths) {
            reader.pathOrProblem(path, new Place(path.toString(), 1, 1, ""));
        }
        return reader.finish();
    }

    /** Reads text as if it stood in {@code file}, which need not exist; its name decides between YAML and JSON. */
    public static Definition parse(String text, Path file) {
        DefinitionReader reader = new DefinitionReader();
        reader.collected.problems.attempt(() -> reader.document(text, file));
        return reader.finish();
    }

    /** Whether this is a directory without a definition; one that cannot be read is not known to be. */
    public static boolean isEmpty(Path path) {
        try (Stream<Path> all = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            return Files.isDirectory(path) && all.noneMatch(DefinitionReader::isDefinition);
        } catch (IOException e) {
            return false;
        }
    }

    private Definition finish() {
        connections.forEach(node -> new ConnectionReader(collected).read(node));
        new CrossChecks(collected).run();
        collected.problems.throwIfAny();
        return new Definition(collected.connections, collected.secrets, List.copyOf(collected.interfaces.values()));
    }

    private void pathOrProblem(Path path, Place place) {
        if (!Files.isDirectory(path)) {
            file(path, place);
            return;
        }
        List<Path> files =
                collected.problems.attempt(() -> definitionsIn(path, place)).orElse(List.of());
        files.forEach(file -> file(file, place));
    }

    private static List<Path> definitionsIn(Path directory, Place place) {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> files =
                    all.filter(DefinitionReader::isDefinition).sorted().toList();
            if (files.isEmpty()) {
                throw new ConfigException(
                        place,
                        "directory " + directory
                                + " has no *.yaml, *.yml or *.json; name a file or another one; if nothing"
                                + " shall be defined, say so in a file with \"connections: {}\"");
            }
            return files;
        } catch (IOException e) {
            throw new ConfigException(place, "directory " + directory + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isDefinition(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean suffix = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return suffix && !name.startsWith(".") && Files.isRegularFile(path);
    }

    private void file(Path path, Place place) {
        Path real = realPath(path);
        if (open.contains(real)) {
            collected.problems.add(place, "including " + path + " closes a circle; remove this include");
        } else if (done.add(real)) {
            open.push(real);
            collected.problems.attempt(() -> document(DocumentReader.text(path), path));
            open.pop();
        }
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize(); // Reading it will say what is wrong with it.
        }
    }

    private Node document(String text, Path file) {
        Node root = DocumentReader.parse(text, file.toString(), collected.problems);
        root(root, file);
        return root;
    }

    private void root(Node root, Path file) {
        if (root instanceof Node.Mapping mapping
                && mapping.entries().stream().anyMatch(entry -> entry.key().equals("hosts"))) {
            throw new ConfigException(
                    root.place(),
                    "this is a lab file (it has \"hosts:\"), not a definition; run it with \"xfrmctl lab run " + file
                            + "\", or name the definition of one host");
        }
        Optional<Section> opened = Section.open(root, Vocabulary.FILE, collected.problems);
        opened.ifPresent(section -> {
            section.node("include").ifPresent(include -> include(include, file));
            section.node("secrets").ifPresent(new SecretSourceReader(collected, file)::read);
            section.node("interfaces").ifPresent(new InterfaceReader(collected)::read);
            section.node("connections").ifPresent(connections::add);
            if (Stream.of("include", "secrets", "interfaces", "connections")
                    .allMatch(key -> section.node(key).isEmpty())) {
                collected.problems.add(root.place(), "nothing is defined here; the file needs \"connections:\"");
            }
        });
    }

    private void include(Node include, Path file) {
        String allowed = "allowed is a list of paths of files or directories";
        for (Node item : collected
                .problems
                .attempt(() -> Scalars.several(include, allowed))
                .orElse(List.of())) {
            collected
                    .problems
                    .attempt(() -> included(item, file, allowed))
                    .ifPresent(path -> pathOrProblem(path, item.place()));
        }
    }

    private static Path included(Node item, Path file, String allowed) {
        try {
            Path path = SecretSourceReader.besides(file, Scalars.text(item, allowed));
            if (!Files.exists(path)) {
                throw Scalars.refuse(item, "there is no " + path + "; paths start at the directory of this file");
            }
            return path;
        } catch (InvalidPathException e) {
            throw Scalars.refuse(item, allowed);
        }
    }
}
