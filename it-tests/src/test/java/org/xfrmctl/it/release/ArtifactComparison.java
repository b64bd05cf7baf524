package org.xfrmctl.it.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Whether two builds have made the same bytes: {@code ./dev reproduce}. Looks at what stands directly in each {@code target}
 * directory and has the name of something that is given to others. Needs nothing but the JDK, so that {@code java FILE} runs it.
 */
final class ArtifactComparison {
    private static final List<String> KINDS = List.of(".jar", ".pom", ".deb", ".cdx.json", ".tar.gz");

    private ArtifactComparison() {}

    /** The arguments are the roots of the two builds. Status 1 if anything differs. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException(
                    "found " + arguments.length + " arguments; allowed are two: the directories of two builds");
        }
        List<String> differences = new ArrayList<>();
        int count = compare(Path.of(arguments[0]), Path.of(arguments[1]), differences);
        differences.forEach(System.out::println);
        System.out.println(count + " artifacts, " + differences.size() + " differ");
        System.exit(differences.isEmpty() && count > 0 ? 0 : 1);
    }

    /** Adds a line for each artifact that is not the same, and returns how many there are. */
    static int compare(Path first, Path second, List<String> differences) throws IOException {
        SortedSet<String> names = new TreeSet<>(artifacts(first));
        names.addAll(artifacts(second));
        for (String name : names) {
            Path one = first.resolve(name);
            Path other = second.resolve(name);
            if (!Files.exists(one) || !Files.exists(other)) {
                differences.add(name + ": only in the " + (Files.exists(one) ? "first" : "second") + " build");
            } else if (Files.mismatch(one, other) >= 0) {
                differences.add(name + ": " + difference(one, other));
            }
        }
        return names.size();
    }

    private static List<String> artifacts(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 3)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(ArtifactComparison::isGivenToOthers)
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean isGivenToOthers(Path file) {
        int depth = file.getNameCount();
        String name = file.getName(depth - 1).toString();
        return depth > 1
                && file.getName(depth - 2).toString().equals("target")
                && (name.equals(".flattened-pom.xml") || KINDS.stream().anyMatch(name::endsWith));
    }

    private static String difference(Path one, Path other) throws IOException {
        if (!one.toString().endsWith(".jar")) {
            return "from byte " + Files.mismatch(one, other);
        }
        try (ZipFile first = new ZipFile(one.toFile());
                ZipFile second = new ZipFile(other.toFile())) {
            List<? extends ZipEntry> here = first.stream().collect(Collectors.toList());
            List<? extends ZipEntry> there = second.stream().collect(Collectors.toList());
            for (int i = 0; i < Math.min(here.size(), there.size()); i++) {
                Optional<String> found = difference(first, here.get(i), second, there.get(i));
                if (found.isPresent()) {
                    return found.get();
                }
            }
            return here.size() == there.size()
                    ? "the same entries, packed in another way, from byte " + Files.mismatch(one, other)
                    : here.size() + " entries, and " + there.size();
        }
    }

    private static Optional<String> difference(ZipFile first, ZipEntry one, ZipFile second, ZipEntry other)
            throws IOException {
        if (!one.getName().equals(other.getName())) {
            return Optional.of("entry " + one.getName() + ", and in its place " + other.getName());
        }
        byte[] here = first.getInputStream(one).readAllBytes();
        byte[] there = second.getInputStream(other).readAllBytes();
        int at = Arrays.mismatch(here, there);
        if (at >= 0) {
            return Optional.of("entry " + one.getName() + " from byte " + at + excerpts(here, there, at));
        }
        if (one.getTime() != other.getTime()) {
            return Optional.of("entry " + one.getName() + " of " + one.getLastModifiedTime() + ", and "
                    + other.getLastModifiedTime());
        }
        return Optional.empty();
    }

    /** What stands there, if that is text. */
    private static String excerpts(byte[] here, byte[] there, int at) {
        String one = excerpt(here, at);
        String other = excerpt(there, at);
        return one.isEmpty() || other.isEmpty() ? "" : ": \"" + one + "\", and \"" + other + "\"";
    }

    private static String excerpt(byte[] bytes, int at) {
        int from = Math.max(0, at - 20);
        int length = Math.min(bytes.length, at + 20) - from;
        String text = new String(bytes, from, length, StandardCharsets.UTF_8).replaceAll("\\s", " ");
        return text.chars().anyMatch(Character::isISOControl) ? "" : text;
    }
}
